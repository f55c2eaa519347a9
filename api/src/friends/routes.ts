import type { Core } from '../announce.ts';
import type { Handlers } from '../http/endpoint.ts';
import { askByNameOrId, askFriend } from './ask-friend.ts';
import { blockUser } from './block-user.ts';
import { endRelationship } from './end-relationship.ts';
import { listRelationships } from './list-relationships.ts';

export function friendRoutes(core: Core) {
  return {
    'GET /api/users/@me/relationships': ({ caller }) => listRelationships(core, caller.userId),
    'POST /api/users/@me/relationships': ({ body, caller }) =>
      askByNameOrId(core, caller.userId, body),
    'PUT /api/users/@me/relationships/:uid': ({ params, body, caller }) => {
      const act = body.kind === 'friend' ? askFriend : blockUser;
      return act(core, caller.userId, params.uid);
    },
    'DELETE /api/users/@me/relationships/:uid': async ({ params, caller }) => {
      await endRelationship(core, caller.userId, params.uid);
      return undefined;
    },
  } satisfies Partial<Handlers>;
}
