import type { Snowflake } from '@harmonium/api/ids';
import { MAX_LATEST, type ReadMark } from '@harmonium/api/internal';
import { sql } from 'drizzle-orm';
import { channels, messages } from '../db/schema.ts';
import type { Database } from '../db/database.ts';

/** The youngest stored message of each channel of a server: one step down the index for each. */
export async function latestOf(db: Database, serverId: Snowflake): Promise<ReadMark[]> {
  const messageId = sql<Snowflake | null>`(
    select ${messages.id}::text from ${messages} where ${messages.channelId} = ${channels.id}
    order by ${messages.id} desc limit 1)`;
  const rows = await db
    .select({ channelId: channels.id, messageId })
    .from(channels)
    .where(sql`${channels.serverId} = ${serverId}`)
    .limit(MAX_LATEST);
  return rows.flatMap((row) =>
    row.messageId === null ? [] : [{ ...row, messageId: row.messageId }],
  );
}
