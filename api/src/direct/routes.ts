import type { Snowflake } from '@harmonium/api/ids';
import { directAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import type { Handlers } from '../http/endpoint.ts';
import { closeDirect } from './close-direct.ts';
import { addToGroup, renameGroup, takeFromGroup } from './group.ts';
import { openDirect } from './open-direct.ts';
import { listConversations, readConversation } from './read-conversations.ts';

export function directRoutes(core: Core) {
  const { db } = core.database;
  return {
    'GET /api/users/@me/channels': ({ caller }) => listConversations(db, caller.userId),
    'POST /api/users/@me/channels': ({ body, caller }) => openDirect(core, caller.userId, body),
    'GET /api/users/@me/channels/:id': async ({ params, caller }) => {
      await directAccess(core, caller.userId, params.id);
      return readConversation(db, params.id);
    },
    'PATCH /api/users/@me/channels/:id': ({ params, body, caller }) =>
      renameGroup(core, placeOf(params, caller), body.name),
    'DELETE /api/users/@me/channels/:id': async ({ params, caller }) => {
      await closeDirect(core, caller.userId, params.id);
      return undefined;
    },
    'PUT /api/users/@me/channels/:id/participants/:uid': ({ params, caller }) =>
      addToGroup(core, placeOf(params, caller), params.uid),
    'DELETE /api/users/@me/channels/:id/participants/:uid': async ({ params, caller }) => {
      await takeFromGroup(core, placeOf(params, caller), params.uid);
      return undefined;
    },
  } satisfies Partial<Handlers>;
}

function placeOf({ id }: { id: Snowflake }, { userId }: { userId: Snowflake }) {
  return { channelId: id, userId };
}
