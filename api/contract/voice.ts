import { z } from 'zod';
import { AuditReason } from './audit-log.ts';
import { Snowflake } from './ids.ts';
import { IssuedTicket } from './server.ts';

/** Where and with what to join a call. */
export const VoiceTicket = IssuedTicket;
export type VoiceTicket = z.infer<typeof VoiceTicket>;

/** What moderators made of a member, in every call of the server, until one lifts it. */
export const ServerVoice = z.object({ muted: z.boolean(), deafened: z.boolean() });
export type ServerVoice = z.infer<typeof ServerVoice>;

/** What is absent stays as it is. */
export const ModerateVoice = z.object({
  muted: z.boolean().optional(),
  deafened: z.boolean().optional(),
  /** The call to move them to; they have to be in one. */
  channelId: Snowflake.optional(),
  reason: AuditReason.optional(),
});
export type ModerateVoice = z.input<typeof ModerateVoice>;
