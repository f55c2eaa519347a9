import type { Core } from '../announce.ts';
import type { Handlers } from '../http/endpoint.ts';
import { leaveServer } from '../members/leave-server.ts';
import { listOwnServers } from '../servers/list-own-servers.ts';
import { findUser } from './find-user.ts';
import { meetUser } from './meet-user.ts';
import { meOf } from './user-of.ts';

export function userRoutes(core: Core) {
  return {
    'GET /api/users/@me': async ({ caller }) => meOf(await findUser(core, caller.userId)),
    'GET /api/users/@me/servers': ({ caller }) => listOwnServers(core, caller.userId),
    'DELETE /api/users/@me/servers/:id': async ({ params, caller }) => {
      await leaveServer(core, caller.userId, params.id);
      return undefined;
    },
    'GET /api/users/:id': ({ params, caller }) => meetUser(core, caller.userId, params.id),
  } satisfies Partial<Handlers>;
}
