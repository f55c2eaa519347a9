import type { Snowflake } from '@harmonium/api/ids';
import {
  MAX_NOTIFICATION_SETTINGS,
  type NotificationChoice,
  type NotificationSetting,
} from '@harmonium/api/notification';
import { and, eq, ne, sql } from 'drizzle-orm';
import { channelAccess, serverAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import { notificationSettings } from '../db/schema.ts';
import { Problem } from '../problem.ts';

/** Chooses what the user is told of in a server, a channel or a conversation that they may see. */
export async function choose(
  core: Core,
  userId: Snowflake,
  targetId: Snowflake,
  choice: NotificationChoice,
): Promise<NotificationSetting> {
  await requireTarget(core, userId, targetId);
  const isNothing = choice.level === null && choice.mutedUntil === null;
  if (isNothing) await forget(core, userId, targetId);
  else await keep(core, userId, targetId, choice);
  const setting = { targetId, ...choice };
  void core.announce('user', userId, [{ type: 'notifications.changed', settings: [setting] }]);
  return setting;
}

async function requireTarget(core: Core, userId: Snowflake, targetId: Snowflake): Promise<void> {
  try {
    await channelAccess(core, userId, targetId);
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.code !== 'not_found') throw problem;
    await serverAccess(core, userId, targetId);
  }
}

async function forget(core: Core, userId: Snowflake, targetId: Snowflake): Promise<void> {
  await core.database.db
    .delete(notificationSettings)
    .where(
      and(eq(notificationSettings.userId, userId), eq(notificationSettings.targetId, targetId)),
    );
}

async function keep(
  core: Core,
  userId: Snowflake,
  targetId: Snowflake,
  { level, mutedUntil }: NotificationChoice,
): Promise<void> {
  const { db } = core.database;
  const [others] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(notificationSettings)
    .where(
      and(eq(notificationSettings.userId, userId), ne(notificationSettings.targetId, targetId)),
    );
  if ((others?.count ?? 0) >= MAX_NOTIFICATION_SETTINGS) throw new Problem('limit_reached');
  const chosen = { level, mutedUntil: mutedUntil === null ? null : new Date(mutedUntil) };
  await db
    .insert(notificationSettings)
    .values({ userId, targetId, ...chosen })
    .onConflictDoUpdate({
      target: [notificationSettings.userId, notificationSettings.targetId],
      set: chosen,
    });
}
