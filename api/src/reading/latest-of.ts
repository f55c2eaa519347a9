import type { Snowflake } from '@harmonium/api/ids';
import { MAX_LATEST, type ReadMark } from '@harmonium/api/internal';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { channels, messages } from '../db/schema.ts';
import type { Database } from '../db/database.ts';

/** The youngest stored message of each channel of a server: one step down the index for each. */
export async function latestOf(db: Database, serverId: Snowflake): Promise<ReadMark[]> {
  // By name: in a statement over one table columns are written without theirs.
  const messageId = sql<Snowflake | null>`(
    select said.id::text from ${messages} said where said.channel_id = ${channels}.id
    order by said.id desc limit 1)`;
  const rows = await db
    .select({ channelId: channels.id, messageId })
    .from(channels)
    .where(and(eq(channels.serverId, serverId), isNull(channels.archivedAt)))
    .limit(MAX_LATEST);
  return rows.flatMap((row) =>
    row.messageId === null ? [] : [{ ...row, messageId: row.messageId }],
  );
}
