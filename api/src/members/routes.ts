import type { Snowflake } from '@harmonium/api/ids';
import { serverAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import type { Handlers } from '../http/endpoint.ts';
import { Problem } from '../problem.ts';
import { editMember } from './edit-member.ts';
import { findMember } from './find-member.ts';
import { listMembers } from './list-members.ts';

export function memberRoutes(core: Core) {
  return {
    'GET /api/servers/:id/members': async ({ params, query, caller }) => {
      await serverAccess(core, caller.userId, params.id);
      return listMembers(core, params.id, query);
    },
    'GET /api/servers/:id/members/:uid': async ({ params, caller }) => {
      await serverAccess(core, caller.userId, params.id);
      const member = await findMember(core.database.db, params.id, params.uid);
      if (member === undefined) throw new Problem('not_found');
      return member;
    },
    'PATCH /api/servers/:id/members/:uid': ({ params, body, caller }) =>
      editMember(core, caller.userId, memberOf(params), body),
    'PUT /api/servers/:id/members/:uid/roles/:rid': ({ params, caller }) =>
      editMember(core, caller.userId, memberOf(params), ({ roles }) => ({
        roles: [...roles, params.rid],
      })),
    'DELETE /api/servers/:id/members/:uid/roles/:rid': async ({ params, caller }) => {
      await editMember(core, caller.userId, memberOf(params), ({ roles }) => ({
        roles: roles.filter((id) => id !== params.rid),
      }));
      return undefined;
    },
  } satisfies Partial<Handlers>;
}

function memberOf({ id, uid }: { id: Snowflake; uid: Snowflake }) {
  return { serverId: id, userId: uid };
}
