import { z } from 'zod';

export const RegistrationMode = z.enum(['open', 'invite', 'closed']);

/** What anyone may know about the instance before logging in. */
export const InstanceConfig = z.object({
  name: z.string(),
  version: z.string(),
  registration: RegistrationMode,
  defaultTheme: z.string(),
  defaultMode: z.enum(['dark', 'light', 'system']),
  mail: z.boolean(),
  /** False when no voice worker could be had; `voiceReason` then says why in words. */
  voice: z.boolean(),
  voiceReason: z.string().optional(),
  limits: z.object({
    messageLength: z.number().int(),
    uploadSize: z.number().int(),
  }),
});
export type InstanceConfig = z.infer<typeof InstanceConfig>;

export const Health = z.object({
  status: z.enum(['ok', 'failing']),
  version: z.string(),
  checks: z.record(
    z.enum(['database', 'cache', 'rooms', 'sfu', 'files']),
    z.object({ ok: z.boolean(), message: z.string().optional() }),
  ),
});
export type Health = z.infer<typeof Health>;
