import type { Snowflake } from '@harmonium/api/ids';
import { eq } from 'drizzle-orm';
import { participants } from '../db/schema.ts';
import type { Deps } from '../deps.ts';

const MAX_ROOMS = 1000;

/** Direct conversations that a user may be connected to. */
export async function directRoomsOf(
  { database }: Pick<Deps, 'database'>,
  userId: Snowflake,
): Promise<Snowflake[]> {
  const rows = await database.db
    .select({ id: participants.channelId })
    .from(participants)
    .where(eq(participants.userId, userId))
    .limit(MAX_ROOMS);
  return rows.map(({ id }) => id);
}
