import type { Core } from '../announce.ts';
import type { Handlers } from '../http/endpoint.ts';
import { choose } from './choose.ts';
import { settingsOf } from './settings-of.ts';

export function notificationRoutes(core: Core) {
  return {
    'GET /api/users/@me/notifications': ({ caller }) => settingsOf(core.database.db, caller.userId),
    'PUT /api/users/@me/notifications/:targetId': ({ params, body, caller }) =>
      choose(core, caller.userId, params.targetId, body),
  } satisfies Partial<Handlers>;
}
