import { z } from 'zod';
import { AuditEntry, AuditQuery } from '../audit-log.ts';
import { Ban, BanQuery, BulkDelete, CreateBan, KickQuery } from '../ban.ts';
import type { Endpoint } from './endpoint.ts';
import { ById, MemberById } from './params.ts';

/** Keeping order: kick, ban, and what was done. */
export const moderationEndpoints = {
  'DELETE /api/servers/:id/members/:uid': {
    summary: 'Kick a member',
    caller: 'user',
    params: MemberById,
    query: KickQuery,
    status: 204,
  },
  'GET /api/servers/:id/bans': {
    summary: 'Who is banned, by the id of the user',
    caller: 'user',
    params: ById,
    query: BanQuery,
    status: 200,
    answer: z.array(Ban),
  },
  'PUT /api/servers/:id/bans/:uid': {
    summary: 'Ban a user, member or not',
    caller: 'user',
    params: MemberById,
    body: CreateBan,
    status: 200,
    answer: Ban,
  },
  'DELETE /api/servers/:id/bans/:uid': {
    summary: 'Lift a ban',
    caller: 'user',
    params: MemberById,
    status: 204,
  },
  'GET /api/servers/:id/audit-log': {
    summary: 'What was done, newest first',
    caller: 'user',
    params: ById,
    query: AuditQuery,
    status: 200,
    answer: z.array(AuditEntry),
  },
  'POST /api/channels/:id/messages/bulk-delete': {
    summary: 'Remove up to a hundred messages for everyone',
    caller: 'user',
    params: ById,
    body: BulkDelete,
    status: 204,
  },
} as const satisfies Record<string, Endpoint>;
