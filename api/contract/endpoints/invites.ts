import { z } from 'zod';
import { CreateInvite, Invite, InviteCode, InvitePreview } from '../invite.ts';
import { Server } from '../server.ts';
import type { Endpoint } from './endpoint.ts';
import { ById } from './params.ts';

/** Invites. */
export const invitesEndpoints = {
  'POST /api/servers/:id/invites': {
    summary: 'Create an invite',
    caller: 'user',
    params: ById,
    body: CreateInvite,
    status: 201,
    answer: Invite,
  },
  'GET /api/servers/:id/invites': {
    summary: 'Invites of a server',
    caller: 'user',
    params: ById,
    status: 200,
    answer: z.array(Invite),
  },
  'GET /api/invites/:code': {
    summary: 'What an invite leads to',
    caller: 'anyone',
    params: z.object({ code: InviteCode }),
    status: 200,
    answer: InvitePreview,
  },
  'POST /api/invites/:code': {
    summary: 'Join by an invite',
    caller: 'user',
    params: z.object({ code: InviteCode }),
    status: 200,
    answer: Server,
  },
  'DELETE /api/invites/:code': {
    summary: 'Revoke an invite',
    caller: 'user',
    params: z.object({ code: InviteCode }),
    status: 204,
  },
} as const satisfies Record<string, Endpoint>;
