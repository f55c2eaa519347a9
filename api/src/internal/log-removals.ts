import type { Snowflake } from '@harmonium/api/ids';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { auditLog } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { audit } from '../moderation/audit.ts';
import type { Transaction } from '../servers/structure.ts';
import { authorsOf, loggedChannel } from './logged-channel.ts';

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
  const logged = await loggedChannel(tx, channelId);
  if (logged === undefined) return;
  const { serverId, channel } = logged;
  const ids = removals.map(({ id }) => id);
  const authors = await authorsOf(tx, channelId, ids);
  const written = await writtenDown(tx, serverId, [...authors.values()], removals);
  for (const { id, by } of removals) {
    const targetId = authors.get(id);
    if (targetId === undefined || targetId === by || written.has(id)) continue;
    const before = { messageId: id };
    const action = 'message.delete';
    await audit(deps, tx, { serverId, actorId: by, action, targetId, channel, before });
  }
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
