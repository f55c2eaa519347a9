import type { Snowflake } from '@harmonium/api/ids';
import type { OutboxEntry } from '@harmonium/api/internal';
import { eq } from 'drizzle-orm';
import { channelOf, overridesColumn } from '../channels/channel-of.ts';
import { isHidden } from '../channels/is-hidden.ts';
import { channels } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { audit } from '../moderation/audit.ts';
import type { Transaction } from '../servers/structure.ts';

export interface RemovedRow {
  id: Snowflake;
  author: Snowflake;
}

/**
 * Writes down who removed what others had written, by REST or on a socket: both come here. A batch
 * that is stored again removes nothing, and so is not written down again.
 */
export async function logRemovals(
  deps: Pick<Deps, 'ids' | 'now'>,
  tx: Transaction,
  channelId: Snowflake,
  entries: Extract<OutboxEntry, { op: 'remove' }>[],
  gone: readonly RemovedRow[],
): Promise<void> {
  const actors = new Map(entries.map(({ id, by }) => [id, by]));
  const acts = gone.flatMap(({ id, author }) => {
    const actorId = actors.get(id);
    return actorId === undefined || actorId === author ? [] : [{ id, author, actorId }];
  });
  if (acts.length === 0) return;
  const [row] = await tx
    .select({ channel: channels, overrides: overridesColumn })
    .from(channels)
    .where(eq(channels.id, channelId));
  // A conversation of a few people has no log, and nor has a channel that is being deleted.
  if (row === undefined || row.channel.serverId === null) return;
  const { serverId } = row.channel;
  const channel = { id: channelId, hidden: isHidden(channelOf(row.channel, row.overrides)) };
  for (const { id, author, actorId } of acts) {
    const before = { messageId: id, channelId };
    const action = 'message.delete';
    await audit(deps, tx, { serverId, actorId, action, targetId: author, channel, before });
  }
}
