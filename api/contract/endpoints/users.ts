import { z } from 'zod';
import { IssuedTicket, Server } from '../server.ts';
import { Me, User } from '../user.ts';
import type { Endpoint } from './endpoint.ts';
import { ById } from './params.ts';

/** The own account, and others. */
export const usersEndpoints = {
  'GET /api/users/@me': {
    summary: 'The own account',
    caller: 'user',
    status: 200,
    answer: Me,
  },
  'GET /api/users/@me/servers': {
    summary: 'Servers the user is a member of',
    caller: 'user',
    status: 200,
    answer: z.array(Server),
  },
  'DELETE /api/users/@me/servers/:id': {
    summary: 'Leave a server',
    caller: 'user',
    params: ById,
    status: 204,
  },
  'POST /api/users/@me/ticket': {
    summary: 'Ticket to the own user room',
    caller: 'user',
    status: 200,
    answer: IssuedTicket,
  },
  'GET /api/users/:id': {
    summary: 'A user one shares a server with',
    caller: 'user',
    params: ById,
    status: 200,
    answer: User,
  },
} as const satisfies Record<string, Endpoint>;
