import type { Snowflake } from '@harmonium/api/ids';
import { and, asc, eq, gt, inArray, isNull, lte, sql } from 'drizzle-orm';
import { channels, messages, reactions } from '../db/schema.ts';
import type { Database } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import { withoutParameters } from '../db/query-error.ts';
import { markLostFiles, sweepFiles } from '../uploads/sweep-files.ts';
import type { Transaction } from '../servers/structure.ts';

/**
 * What makes a channel one that was deleted: it is in no server, and no conversation of people. With
 * the message of a thread another one may begin.
 */
export const ABANDONED = { serverId: null, categoryId: null, starterId: null } as const;

/** Rows one statement deletes: some milliseconds in which an embedded database serves nobody else. */
const BATCH = 500;

/**
 * Deletes the channels that were taken out of their servers, with what was said in them, a little at
 * a time: at once, a hundred thousand messages would keep everybody waiting for seconds. Ends when
 * nothing is left; what it does not come to, the next one does. Never rejects.
 */
export async function sweepAbandoned(
  deps: Pick<Deps, 'database' | 'files' | 'log' | 'meter' | 'now'>,
): Promise<void> {
  const { db } = deps.database;
  try {
    const abandoned = await db
      .select({ id: channels.id })
      .from(channels)
      .where(and(isNull(channels.serverId), inArray(channels.type, ['text', 'voice', 'thread'])))
      // Threads before their channels, with which they would go in one statement.
      .orderBy(sql`${channels.parentId} nulls last`);
    for (const { id } of abandoned) {
      await sweepMessages(db, id);
      await db.delete(channels).where(and(eq(channels.id, id), isNull(channels.serverId)));
    }
    if (abandoned.length > 0) await markLostFiles(deps);
  } catch (problem) {
    const error = withoutParameters(problem);
    deps.log.warn('messages of deleted channels were not swept away', { error });
  }
  await sweepFiles(deps);
}

/** By ranges of ids, along the index. */
async function sweepMessages(db: Database, channelId: Snowflake): Promise<void> {
  for (let swept: Snowflake | undefined; ;) {
    const startedAt = performance.now();
    swept = await db.transaction((tx) => sweepSome(tx, channelId, swept));
    if (swept === undefined) return;
    // As long for others as for this.
    await new Promise((resolve) => setTimeout(resolve, performance.now() - startedAt));
  }
}

/** @returns the last id that went; undefined when there are fewer left than a batch */
async function sweepSome(
  tx: Transaction,
  channelId: Snowflake,
  swept: Snowflake | undefined,
): Promise<Snowflake | undefined> {
  // An embedded database gathers no statistics, takes a channel for small, and would sort all of it.
  await tx.execute(sql`set local enable_bitmapscan = off`);
  await tx.execute(sql`set local enable_sort = off`);
  const left = and(eq(messages.channelId, channelId), swept && gt(messages.id, swept));
  const [last] = await tx
    .select({ id: messages.id })
    .from(messages)
    .where(left)
    .orderBy(asc(messages.id))
    .offset(BATCH - 1)
    .limit(1);
  if (last === undefined) return undefined;
  await tx.delete(messages).where(and(left, lte(messages.id, last.id)));
  await tx
    .delete(reactions)
    .where(and(eq(reactions.channelId, channelId), lte(reactions.messageId, last.id)));
  return last.id;
}
