import { z } from 'zod';
import { AuditReason } from '../audit-log.ts';
import { ModerateVoice, ServerVoice, VoiceTicket } from '../voice.ts';
import type { Endpoint } from './endpoint.ts';
import { MemberById } from './params.ts';

/** What concerns calls beside their channels: trying the way, and what moderators do to members. */
export const voiceEndpoints = {
  'POST /api/voice/test': {
    summary: 'Ticket to a short call with oneself, to try the way sound takes',
    caller: 'user',
    status: 200,
    answer: VoiceTicket,
  },
  'PUT /api/servers/:id/voice/:uid': {
    summary: 'Mute or deafen a member in the calls of the server, or move them to another call',
    caller: 'user',
    params: MemberById,
    body: ModerateVoice,
    status: 200,
    answer: ServerVoice,
  },
  'DELETE /api/servers/:id/voice/:uid': {
    summary: 'Take a member out of the call they are in',
    caller: 'user',
    params: MemberById,
    query: z.object({ reason: AuditReason.optional() }),
    status: 204,
  },
} as const satisfies Record<string, Endpoint>;
