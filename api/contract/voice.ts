import { z } from 'zod';
import { IssuedTicket } from './server.ts';

export const IceServer = z.object({
  urls: z.array(z.string()),
  username: z.string().optional(),
  credential: z.string().optional(),
});

/** Where and with what to join a call. */
export const VoiceTicket = IssuedTicket.extend({ iceServers: z.array(IceServer).optional() });
export type VoiceTicket = z.infer<typeof VoiceTicket>;
