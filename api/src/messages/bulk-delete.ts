import { compareSnowflakes } from '@harmonium/api/ids';
import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { serverChannelAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import { messages } from '../db/schema.ts';
import { audit } from '../moderation/audit.ts';
import { publish } from './say.ts';
import { askUndrained } from './undrained.ts';

const MAX_ASKED = 100;

/** Removes several messages of a channel at once; ids it does not have are passed over. */
export async function bulkDelete(
  core: Core,
  userId: Snowflake,
  channelId: Snowflake,
  ids: readonly Snowflake[],
): Promise<void> {
  const { channel } = await serverChannelAccess(
    core,
    userId,
    channelId,
    Permission.MANAGE_MESSAGES,
  );
  const there = await thereOf(core, channelId, ids);
  if (there.length === 0) return;
  await publish(core, channelId, { type: 'purge', ids: there, by: userId });
  await core.database.db.transaction((tx) =>
    audit(core, tx, {
      serverId: channel.serverId,
      actorId: userId,
      action: 'message.bulk_delete',
      targetId: channelId,
      channel,
      after: { count: there.length },
    }),
  );
}

/** Those of the ids that are messages of the channel, stored or not yet. */
async function thereOf(core: Core, channelId: Snowflake, ids: readonly Snowflake[]) {
  const wanted = [...new Set(ids)].sort(compareSnowflakes);
  const [first] = wanted;
  if (first === undefined) return [];
  const after = String(BigInt(first) - 1n) as Snowflake; // One less than an id.
  // Asked before the database: what is stored in between is in at least one of the two.
  const range = { ...(after === '0' ? {} : { after }), first: 'newest', limit: MAX_ASKED } as const;
  const [late] = await askUndrained(core, channelId, [range]);
  const stored = await core.database.db
    .select({ id: messages.id })
    .from(messages)
    .where(
      and(
        eq(messages.channelId, channelId),
        inArray(messages.id, wanted),
        isNull(messages.removedAt),
      ),
    );
  const known = new Set(stored.map(({ id }) => id));
  for (const { id, removedAt } of late?.messages ?? []) {
    if (removedAt === null) known.add(id);
    else known.delete(id);
  }
  for (const { id } of late?.removed ?? []) known.delete(id);
  return wanted.filter((id) => known.has(id));
}
