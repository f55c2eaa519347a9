import { firstSnowflakeAt } from '@harmonium/api/ids';
import type { Snowflake } from '@harmonium/api/ids';
import { MAX_NAMINGS } from '@harmonium/rooms/publish';
import type { ServerPublish } from '@harmonium/rooms/publish';
import { and, asc, desc, eq, gte, isNotNull } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import { channelOf, overridesColumn } from '../channels/channel-of.ts';
import { channels, messages } from '../db/schema.ts';
import { changeStructure } from '../servers/structure.ts';
import type { Done, Transaction } from '../servers/structure.ts';
import { makePlace, tellThreads } from './active-threads.ts';

/** Somebody has written in an archived thread: it is among the server's channels again. */
export async function wakeThread(core: Core, channelId: Snowflake): Promise<void> {
  const [found] = await core.database.db
    .select({ serverId: channels.serverId })
    .from(channels)
    .where(and(eq(channels.id, channelId), isNotNull(channels.archivedAt)));
  if (found === undefined || found.serverId === null) return;
  await changeStructure(core, found.serverId, async (tx, rev) => ({
    ...(await revive(core, tx, channelId, rev)),
    answer: undefined,
  }));
}

/** Takes a thread out of the archive, where it is in it. */
export async function revive(
  core: Pick<Core, 'announce' | 'now'>,
  tx: Transaction,
  channelId: Snowflake,
  rev: number,
): Promise<Omit<Done<never>, 'answer'>> {
  const [row] = await tx
    .select({ channel: channels, overrides: overridesColumn })
    .from(channels)
    .where(eq(channels.id, channelId));
  if (row === undefined || row.channel.archivedAt === null) return {};
  const { archivedAt, serverId } = row.channel;
  if (serverId === null) return {};
  const going = await makePlace(tx, serverId, core.now());
  const revivedAt = new Date(core.now());
  await tx.update(channels).set({ archivedAt: null, revivedAt }).where(eq(channels.id, channelId));
  const channel = channelOf({ ...row.channel, archivedAt: null }, row.overrides);
  return {
    change: { type: 'channel.created', rev, channel },
    members: await missedBy(tx, channelId, archivedAt),
    afterwards: (told) => {
      tellThreads(core, [channelId], false, told);
      tellThreads(core, going, true, told);
    },
  };
}

/** What the server's room could not take down while the thread was none of its channels. */
async function missedBy(
  tx: Transaction,
  channelId: Snowflake,
  archivedAt: Date,
): Promise<ServerPublish[]> {
  const here = eq(messages.channelId, channelId);
  const [last] = await tx
    .select({ id: messages.id, authorId: messages.authorId })
    .from(messages)
    .where(here)
    .orderBy(desc(messages.id))
    .limit(1);
  if (last === undefined) return [];
  const naming = await tx
    .select({ id: messages.id, authorId: messages.authorId, mentions: messages.mentions })
    .from(messages)
    .where(
      and(
        here,
        gte(messages.id, firstSnowflakeAt(archivedAt.getTime())),
        isNotNull(messages.mentions),
      ),
    )
    .orderBy(asc(messages.id))
    .limit(MAX_NAMINGS);
  const namings = naming.flatMap(({ id: messageId, authorId, mentions }) => {
    if (mentions === null) return [];
    const { users, roles, everyone } = mentions;
    // Stored is only whom their author was allowed to name.
    const crowd = everyone ? { crowd: 'everyone' as const } : {};
    return [{ messageId, authorId, users, roles, ...crowd, anyRole: true }];
  });
  return [{ type: 'activity', channelId, messageId: last.id, authorId: last.authorId, namings }];
}
