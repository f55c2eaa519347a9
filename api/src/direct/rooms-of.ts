import type { Snowflake } from '@harmonium/api/ids';
import { and, asc, eq, gt } from 'drizzle-orm';
import { readAll } from '../db/read-all.ts';
import { participants } from '../db/schema.ts';
import type { Deps } from '../deps.ts';

/** Direct conversations that a user may be connected to. */
export async function directRoomsOf(
  { database }: Pick<Deps, 'database'>,
  userId: Snowflake,
): Promise<Snowflake[]> {
  const rows = await readAll((after, limit) =>
    database.db
      .select({ id: participants.channelId })
      .from(participants)
      .where(and(eq(participants.userId, userId), gt(participants.channelId, after)))
      .orderBy(asc(participants.channelId))
      .limit(limit),
  );
  return rows.map(({ id }) => id);
}
