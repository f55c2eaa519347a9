import type { Snowflake } from '@harmonium/api/ids';
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { channels, messages } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { withoutParameters } from '../db/query-error.ts';

/** What makes a channel one that was deleted: it is in no server, and no conversation of people. */
export const ABANDONED = { serverId: null, categoryId: null } as const;

/** Rows one statement deletes: some ten milliseconds in which the database serves nobody else. */
const BATCH = 1000;

/**
 * Deletes the channels that were taken out of their servers, with what was said in them, a little at
 * a time: at once, a hundred thousand messages would keep everybody waiting for seconds. Ends when
 * nothing is left; what it does not come to, the next one does. Never rejects.
 */
export async function sweepAbandoned(deps: Pick<Deps, 'database' | 'log'>): Promise<void> {
  const { db } = deps.database;
  try {
    const abandoned = await db
      .select({ id: channels.id })
      .from(channels)
      .where(and(isNull(channels.serverId), inArray(channels.type, ['text', 'voice'])));
    for (const { id } of abandoned) {
      while ((await deleteSome(deps, id)) === BATCH);
      await db.delete(channels).where(and(eq(channels.id, id), isNull(channels.serverId)));
    }
  } catch (problem) {
    const error = withoutParameters(problem);
    deps.log.warn('messages of deleted channels were not swept away', { error });
  }
}

async function deleteSome({ database }: Pick<Deps, 'database'>, channelId: Snowflake) {
  const { db } = database;
  const some = db
    .select({ id: messages.id })
    .from(messages)
    .where(eq(messages.channelId, channelId))
    .orderBy(asc(messages.id))
    .limit(BATCH);
  const gone = await db
    .delete(messages)
    .where(and(eq(messages.channelId, channelId), inArray(messages.id, some)))
    .returning({ one: sql`1` });
  return gone.length;
}
