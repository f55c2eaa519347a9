import { z } from 'zod';
import { Snowflake } from '../ids.ts';
import {
  MAX_NOTIFICATION_SETTINGS,
  NotificationChoice,
  NotificationSetting,
} from '../notification.ts';
import type { Endpoint } from './endpoint.ts';

/** What one wants to be told of. */
export const notificationsEndpoints = {
  'GET /api/users/@me/notifications': {
    summary: 'What the user wants to be told of, where they chose it',
    caller: 'user',
    status: 200,
    answer: z.array(NotificationSetting).max(MAX_NOTIFICATION_SETTINGS),
  },
  'PUT /api/users/@me/notifications/:targetId': {
    summary: 'Choose what to be told of in a server, a channel or a conversation',
    caller: 'user',
    params: z.object({ targetId: Snowflake }),
    body: NotificationChoice,
    status: 200,
    answer: NotificationSetting,
  },
} as const satisfies Record<string, Endpoint>;
