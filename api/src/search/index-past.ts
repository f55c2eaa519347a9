import type { Snowflake } from '@harmonium/api/ids';
import { asc, eq, sql } from 'drizzle-orm';
import { withoutParameters } from '../db/query-error.ts';
import { messages, settings } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import type { Transaction } from '../servers/structure.ts';
import { indexMessages } from './index-messages.ts';

/** Rises when words are read otherwise than before: then all messages are read again. */
const ROW = 'search.words.1';
const DONE = 'done';
/** Rows one transaction handles: some milliseconds in which an embedded database serves nobody else. */
const BATCH = 200;

/**
 * Makes messages found that were stored before search knew their words, a little at a time. Goes on
 * where it was when it was last stopped. Never rejects: what it does not come to, the next one does.
 */
export async function indexPast(deps: Pick<Deps, 'database' | 'log'>): Promise<void> {
  const { db } = deps.database;
  try {
    for (let isLeft = true; isLeft;) {
      const startedAt = performance.now();
      isLeft = await db.transaction((tx) => indexSome(tx));
      // As long for others as for this.
      if (isLeft)
        await new Promise((resolve) => setTimeout(resolve, performance.now() - startedAt));
    }
  } catch (problem) {
    const error = withoutParameters(problem);
    deps.log.warn('messages of before are not all found yet', { error });
  }
}

/** @returns whether there may be more */
async function indexSome(tx: Transaction): Promise<boolean> {
  await tx.insert(settings).values({ name: ROW, value: '0:0' }).onConflictDoNothing();
  // Of several processes one at a time.
  const [row] = await tx.select().from(settings).where(eq(settings.name, ROW)).for('update');
  const progress = row?.value ?? DONE;
  if (progress === DONE) return false;
  const [channelId = '0', id = '0'] = progress.split(':');
  const next = await tx
    .select({ channelId: messages.channelId, id: messages.id })
    .from(messages)
    .where(sql`(${messages.channelId}, ${messages.id}) > (${channelId}::bigint, ${id}::bigint)`)
    .orderBy(asc(messages.channelId), asc(messages.id))
    .limit(BATCH);
  const ids = Map.groupBy(next, (message) => message.channelId);
  for (const [channel, there] of ids) {
    await indexMessages(
      tx,
      channel,
      there.map((message): Snowflake => message.id),
    );
  }
  const last = next.at(-1);
  const value = last === undefined ? DONE : `${last.channelId}:${last.id}`;
  await tx.update(settings).set({ value }).where(eq(settings.name, ROW));
  return last !== undefined;
}
