import { MAX_ACTIVE_THREADS, THREAD_IDLE_MS } from '@harmonium/api/channel';
import { compareSnowflakes, firstSnowflakeAt, snowflakeTime } from '@harmonium/api/ids';
import type { Snowflake } from '@harmonium/api/ids';
import { and, eq, inArray, isNull, isNotNull, lt, or, sql } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import type { Database } from '../db/database.ts';
import { channels } from '../db/schema.ts';
import type { Transaction } from '../servers/structure.ts';

/** The youngest stored message of a thread, as a column of a query on `channels`. */
export const lastIdColumn = sql<Snowflake | null>`(
  select said.id::text from messages said where said.channel_id = channels.id
  order by said.id desc limit 1
)`;

/** Makes place for one more thread: those go that were silent longest. @returns which went */
export async function makePlace(
  tx: Transaction,
  serverId: Snowflake,
  now: number,
): Promise<Snowflake[]> {
  const active = await tx
    .select({ id: channels.id, revivedAt: channels.revivedAt, lastId: lastIdColumn })
    .from(channels)
    .where(and(isActive, eq(channels.serverId, serverId)));
  const moved = ({ id, lastId, revivedAt }: (typeof active)[number]) =>
    Math.max(snowflakeTime(lastId ?? id), revivedAt?.getTime() ?? 0);
  const going = active
    .toSorted(
      (one, other) =>
        moved(one) - moved(other) ||
        compareSnowflakes(one.lastId ?? one.id, other.lastId ?? other.id),
    )
    .slice(0, Math.max(0, active.length - MAX_ACTIVE_THREADS + 1))
    .map(({ id }) => id);
  await putAway(tx, going, now);
  return going;
}

export async function putAway(
  tx: Transaction,
  ids: readonly Snowflake[],
  now: number,
): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(channels)
    .set({ archivedAt: new Date(now) })
    .where(inArray(channels.id, ids));
}

const isActive = and(
  eq(channels.type, 'thread'),
  isNotNull(channels.serverId),
  isNull(channels.archivedAt),
);

/** Threads in which nobody has written for a while, of one server or of all. */
export async function idleThreads(db: Database | Transaction, now: number, serverId?: Snowflake) {
  const since = now - THREAD_IDLE_MS;
  const bound = firstSnowflakeAt(since);
  const rows = await db
    .select({ id: channels.id, serverId: channels.serverId })
    .from(channels)
    .where(
      and(
        isActive,
        serverId === undefined ? undefined : eq(channels.serverId, serverId),
        lt(channels.id, bound),
        or(isNull(channels.revivedAt), lt(channels.revivedAt, new Date(since))),
        sql`not exists (
          select from messages said where said.channel_id = channels.id and said.id >= ${bound}::bigint
        )`,
      ),
    );
  return rows.flatMap((row) =>
    row.serverId === null ? [] : [{ id: row.id, serverId: row.serverId }],
  );
}

/**
 * Tells the rooms of threads that they are archived, or no more. An archived one is not told when
 * permissions change, and asks instead before anything happens in it.
 */
export function tellThreads(
  core: Pick<Core, 'announce'>,
  ids: readonly Snowflake[],
  archived: boolean,
  told?: Promise<void>,
): void {
  for (const id of ids) {
    void core.announce('main', id, [{ type: 'thread.archived', archived }], told);
  }
}
