import { z } from 'zod';
import { Member, MemberQuery } from '../member.ts';
import type { Endpoint } from './endpoint.ts';
import { ById } from './params.ts';

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
} as const satisfies Record<string, Endpoint>;
