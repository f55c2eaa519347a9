import type { Snowflake } from '@harmonium/api/ids';
import { MAX_NOTIFICATION_SETTINGS, type NotificationSetting } from '@harmonium/api/notification';
import { asc, eq } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { notificationSettings } from '../db/schema.ts';

export async function settingsOf(db: Database, userId: Snowflake): Promise<NotificationSetting[]> {
  const rows = await db
    .select()
    .from(notificationSettings)
    .where(eq(notificationSettings.userId, userId))
    .orderBy(asc(notificationSettings.targetId))
    .limit(MAX_NOTIFICATION_SETTINGS);
  return rows.map(({ targetId, level, mutedUntil }) => ({
    targetId,
    level,
    mutedUntil: mutedUntil?.toISOString() ?? null,
  }));
}
