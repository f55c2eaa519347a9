import type { Snowflake } from '@harmonium/api/ids';
import { serverChannelAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import type { Handlers } from '../http/endpoint.ts';
import { setArchived } from '../threads/set-archived.ts';
import { createCategory } from './create-category.ts';
import { createChannel } from './create-channel.ts';
import { deleteCategory } from './delete-category.ts';
import { deleteChannel } from './delete-channel.ts';
import { deleteOverride } from './delete-override.ts';
import { editCategory } from './edit-category.ts';
import { editChannel } from './edit-channel.ts';
import { placeCategories } from './place-categories.ts';
import { placeChannels } from './place-channels.ts';
import { setOverride } from './set-override.ts';

export function channelRoutes(core: Core) {
  return {
    'POST /api/servers/:id/channels': ({ params, body, caller }) =>
      createChannel(core, caller.userId, params.id, body),
    'POST /api/servers/:id/categories': ({ params, body, caller }) =>
      createCategory(core, caller.userId, params.id, body.name),
    'PATCH /api/servers/:id/channels': async ({ params, body, caller }) => {
      await placeChannels(core, caller.userId, params.id, body);
      return undefined;
    },
    'PATCH /api/servers/:id/categories': async ({ params, body, caller }) => {
      await placeCategories(core, caller.userId, params.id, body);
      return undefined;
    },
    'PATCH /api/categories/:id': ({ params, body, caller }) =>
      editCategory(core, caller.userId, params.id, body.name),
    'DELETE /api/categories/:id': async ({ params, caller }) => {
      await deleteCategory(core, caller.userId, params.id);
      return undefined;
    },
    'GET /api/channels/:id': async ({ params, caller }) =>
      (await serverChannelAccess(core, caller.userId, params.id)).channel,
    'PATCH /api/channels/:id': async ({ params, body: { archived, ...edit }, caller }) => {
      const { userId } = caller;
      const isEdit = Object.keys(edit).length > 0;
      const edited = isEdit ? await editChannel(core, userId, params.id, edit) : undefined;
      if (archived !== undefined) return setArchived(core, userId, params.id, archived);
      return edited ?? editChannel(core, userId, params.id, {});
    },
    'DELETE /api/channels/:id': async ({ params, caller }) => {
      await deleteChannel(core, caller.userId, params.id);
      return undefined;
    },
    'PUT /api/channels/:id/overrides/:targetId': ({ params, body, caller }) =>
      setOverride(core, caller.userId, overrideOf(params), body),
    'DELETE /api/channels/:id/overrides/:targetId': async ({ params, caller }) => {
      await deleteOverride(core, caller.userId, overrideOf(params));
      return undefined;
    },
  } satisfies Partial<Handlers>;
}

function overrideOf({ id, targetId }: { id: Snowflake; targetId: Snowflake }) {
  return { channelId: id, targetId };
}
