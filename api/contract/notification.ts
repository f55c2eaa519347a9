import { z } from 'zod';
import { Snowflake } from './ids.ts';

/** What somebody wants to be told of; every message is marked as unread all the same. */
export const NotificationLevel = z.enum(['all', 'mentions', 'nothing']);
export type NotificationLevel = z.infer<typeof NotificationLevel>;

/** Muted until then means until further notice. */
export const MUTED_FOR_GOOD = '9999-01-01T00:00:00.000Z';

export const NotificationChoice = z.object({
  /** Null: a channel's as its server's; a server's own: mentions; a conversation's own: all. */
  level: NotificationLevel.nullable(),
  mutedUntil: z.iso.datetime().nullable(),
});
export type NotificationChoice = z.infer<typeof NotificationChoice>;

/** One user's choice for a server, a channel or a conversation. */
export const NotificationSetting = NotificationChoice.extend({ targetId: Snowflake });
export type NotificationSetting = z.infer<typeof NotificationSetting>;

/** Choices one user may have. */
export const MAX_NOTIFICATION_SETTINGS = 1000;
