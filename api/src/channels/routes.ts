import { channelAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import type { Handlers } from '../http/endpoint.ts';
import { createCategory } from './create-category.ts';
import { createChannel } from './create-channel.ts';
import { deleteChannel } from './delete-channel.ts';
import { editChannel } from './edit-channel.ts';

export function channelRoutes(core: Core) {
  return {
    'POST /api/servers/:id/channels': ({ params, body, caller }) =>
      createChannel(core, caller.userId, params.id, body),
    'POST /api/servers/:id/categories': ({ params, body, caller }) =>
      createCategory(core, caller.userId, params.id, body.name),
    'GET /api/channels/:id': async ({ params, caller }) =>
      (await channelAccess(core, caller.userId, params.id)).channel,
    'PATCH /api/channels/:id': ({ params, body, caller }) =>
      editChannel(core, caller.userId, params.id, body),
    'DELETE /api/channels/:id': async ({ params, caller }) => {
      await deleteChannel(core, caller.userId, params.id);
      return undefined;
    },
  } satisfies Partial<Handlers>;
}
