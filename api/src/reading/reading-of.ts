import type { Snowflake } from '@harmonium/api/ids';
import { MAX_READ_MARKS, type Reading } from '@harmonium/api/internal';
import { desc, eq } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { readMarks } from '../db/schema.ts';
import { settingsOf } from '../notifications/settings-of.ts';

/** What a user's room knows of reading, where its own storage was lost. */
export async function readingOf(db: Database, userId: Snowflake): Promise<Reading> {
  const marks = await db
    .select({ channelId: readMarks.channelId, messageId: readMarks.messageId })
    .from(readMarks)
    .where(eq(readMarks.userId, userId))
    .orderBy(desc(readMarks.messageId))
    .limit(MAX_READ_MARKS);
  return { marks, notifications: await settingsOf(db, userId) };
}
