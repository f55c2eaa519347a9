import { z } from 'zod';
import { EditMember, Member, MemberQuery } from '../member.ts';
import type { Endpoint } from './endpoint.ts';
import { ById, MemberById, MemberRoleById } from './params.ts';

/** Members of a server. */
export const membersEndpoints = {
  'GET /api/servers/:id/members': {
    summary: 'Members, by id',
    caller: 'user',
    params: ById,
    query: MemberQuery,
    status: 200,
    answer: z.array(Member),
  },
  'GET /api/servers/:id/members/:uid': {
    summary: 'One member',
    caller: 'user',
    params: MemberById,
    status: 200,
    answer: Member,
  },
  'PATCH /api/servers/:id/members/:uid': {
    summary: "Change a member's nickname, roles or timeout",
    caller: 'user',
    params: MemberById,
    body: EditMember,
    status: 200,
    answer: Member,
  },
  'PUT /api/servers/:id/members/:uid/roles/:rid': {
    summary: 'Give a member a role',
    caller: 'user',
    params: MemberRoleById,
    status: 200,
    answer: Member,
  },
  'DELETE /api/servers/:id/members/:uid/roles/:rid': {
    summary: 'Take a role from a member',
    caller: 'user',
    params: MemberRoleById,
    status: 204,
  },
} as const satisfies Record<string, Endpoint>;
