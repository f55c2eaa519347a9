import type { Core } from '../announce.ts';
import type { Handlers } from '../http/endpoint.ts';
import { showImage } from './image-store.ts';
import { setAvatar } from './set-avatar.ts';
import { setIcon } from './set-icon.ts';

export function imageRoutes(core: Core) {
  return {
    'PUT /api/servers/:id/icon': ({ params, body, caller }) =>
      setIcon(core, caller.userId, params.id, body),
    'DELETE /api/servers/:id/icon': async ({ params, caller }) => {
      await setIcon(core, caller.userId, params.id);
      return undefined;
    },
    'PUT /api/users/@me/avatar': ({ body, caller }) => setAvatar(core, caller.userId, body),
    'DELETE /api/users/@me/avatar': async ({ caller }) => {
      await setAvatar(core, caller.userId);
      return undefined;
    },
    'GET /api/images/:kind/:id/:hash': ({ params }) => showImage(core, params),
  } satisfies Partial<Handlers>;
}
