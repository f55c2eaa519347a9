import { serverAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import type { Handlers } from '../http/endpoint.ts';
import { listMembers } from './list-members.ts';

export function memberRoutes(core: Core) {
  return {
    'GET /api/servers/:id/members': async ({ params, query, caller }) => {
      await serverAccess(core, caller.userId, params.id);
      return listMembers(core, params.id, query);
    },
  } satisfies Partial<Handlers>;
}
