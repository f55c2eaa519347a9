import type { Snowflake } from '@harmonium/api/ids';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { channelOf, overridesColumn } from '../channels/channel-of.ts';
import { auditLog, channels, messages } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { audit } from '../moderation/audit.ts';
import type { Transaction } from '../servers/structure.ts';

interface Removal {
  id: Snowflake;
  by: Snowflake;
}

/**
 * Writes down who removed what others had written, by REST or on a socket: both come here, each once,
 * however often the outbox comes by. What a row says is no help: a message that was removed before it
 * was drained is removed in its first row already.
 */
export async function logRemovals(
  deps: Pick<Deps, 'ids' | 'now'>,
  tx: Transaction,
  channelId: Snowflake,
  removals: readonly Removal[],
): Promise<void> {
  const [row] = await tx
    .select({ channel: channels, overrides: overridesColumn })
    .from(channels)
    .where(eq(channels.id, channelId));
  // A conversation of a few people has no log, and nor has a channel that is being deleted.
  if (row === undefined || row.channel.serverId === null) return;
  const { serverId } = row.channel;
  const channel = channelOf(row.channel, row.overrides);
  const authors = await authorsOf(tx, channelId, removals);
  const written = await writtenDown(tx, serverId, [...authors.values()], removals);
  for (const { id, by } of removals) {
    const targetId = authors.get(id);
    if (targetId === undefined || targetId === by || written.has(id)) continue;
    const before = { messageId: id };
    const action = 'message.delete';
    await audit(deps, tx, { serverId, actorId: by, action, targetId, channel, before });
  }
}

async function authorsOf(tx: Transaction, channelId: Snowflake, removals: readonly Removal[]) {
  const ids = removals.map(({ id }) => id);
  const rows = await tx
    .select({ id: messages.id, authorId: messages.authorId })
    .from(messages)
    .where(and(eq(messages.channelId, channelId), inArray(messages.id, ids)));
  return new Map(rows.map(({ id, authorId }) => [id, authorId]));
}

/** Those that are in the log already: the batch came before, and its answer was lost. */
async function writtenDown(
  tx: Transaction,
  serverId: Snowflake,
  authors: readonly Snowflake[],
  removals: readonly Removal[],
): Promise<Set<string>> {
  if (authors.length === 0) return new Set();
  const messageId = sql<string>`${auditLog.before}->>'messageId'`;
  const rows = await tx
    .select({ messageId })
    .from(auditLog)
    .where(
      and(
        eq(auditLog.serverId, serverId),
        inArray(auditLog.targetId, [...new Set(authors)]),
        eq(auditLog.action, 'message.delete'),
        inArray(
          messageId,
          removals.map(({ id }) => id as string),
        ),
      ),
    );
  return new Set(rows.map((row) => row.messageId));
}
