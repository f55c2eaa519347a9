import { serverAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import type { Handlers } from '../http/endpoint.ts';
import { createRole } from './create-role.ts';
import { deleteRole } from './delete-role.ts';
import { editRole } from './edit-role.ts';
import { placeRoles } from './place-roles.ts';
import { rolesOf } from './ranking.ts';
import { roleOf } from './role-of.ts';

export function roleRoutes(core: Core) {
  return {
    'GET /api/servers/:id/roles': async ({ params, caller }) => {
      await serverAccess(core, caller.userId, params.id);
      return (await rolesOf(core.database.db, params.id)).map(roleOf);
    },
    'POST /api/servers/:id/roles': ({ params, body, caller }) =>
      createRole(core, caller.userId, params.id, body),
    'PATCH /api/servers/:id/roles': ({ params, body, caller }) =>
      placeRoles(core, caller.userId, params.id, body),
    'PATCH /api/servers/:id/roles/:rid': ({ params, body, caller }) =>
      editRole(core, caller.userId, { serverId: params.id, roleId: params.rid }, body),
    'DELETE /api/servers/:id/roles/:rid': async ({ params, caller }) => {
      await deleteRole(core, caller.userId, { serverId: params.id, roleId: params.rid });
      return undefined;
    },
  } satisfies Partial<Handlers>;
}
