import { CreateServer, EditServer, IssuedTicket, Server, ServerView } from '../server.ts';
import type { Endpoint } from './endpoint.ts';
import { ById } from './params.ts';

/** Servers. */
export const serversEndpoints = {
  'POST /api/servers': {
    summary: 'Create a server with `general` and `Lounge`',
    caller: 'user',
    body: CreateServer,
    status: 201,
    answer: ServerView,
  },
  'GET /api/servers/:id': {
    summary: 'A server as the caller sees it, with a ticket to its room',
    caller: 'user',
    params: ById,
    status: 200,
    answer: ServerView,
  },
  'PATCH /api/servers/:id': {
    summary: 'Rename a server',
    caller: 'user',
    params: ById,
    body: EditServer,
    status: 200,
    answer: Server,
  },
  'DELETE /api/servers/:id': {
    summary: 'Delete a server for everyone',
    caller: 'user',
    params: ById,
    status: 204,
  },
  'POST /api/servers/:id/ticket': {
    summary: "Ticket to the server's room",
    caller: 'user',
    params: ById,
    status: 200,
    answer: IssuedTicket,
  },
} as const satisfies Record<string, Endpoint>;
