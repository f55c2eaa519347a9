import { z } from 'zod';
import { Snowflake } from '../ids.ts';
import { IMAGE_UPLOAD } from '../image.ts';
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
    summary: 'Rename a server, or choose its theme',
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
  'POST /api/servers/:id/owner': {
    summary: 'Hand a server over to another member',
    caller: 'user',
    params: ById,
    body: z.object({ userId: Snowflake }),
    status: 200,
    answer: Server,
  },
  'PUT /api/servers/:id/icon': {
    summary: "Replace a server's icon",
    caller: 'user',
    params: ById,
    upload: IMAGE_UPLOAD,
    status: 200,
    answer: Server,
  },
  'DELETE /api/servers/:id/icon': {
    summary: "Remove a server's icon",
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
