import { z } from 'zod';
import { THEMES } from './themes.ts';

export const RegistrationMode = z.enum(['open', 'invite', 'closed']);

/** What the owner of the instance may set; the environment has the values to begin with. */
export const InstanceSettings = z.object({
  name: z.string(),
  registration: RegistrationMode,
  defaultTheme: z.string(),
  defaultMode: z.enum(['dark', 'light', 'system']),
});
export type InstanceSettings = z.infer<typeof InstanceSettings>;

/** Null: as the environment says again. */
export const EditInstance = z.object({
  name: z.string().trim().normalize('NFC').min(1).max(100).nullable().optional(),
  registration: RegistrationMode.nullable().optional(),
  defaultTheme: z.enum(THEMES).nullable().optional(),
  defaultMode: z.enum(['dark', 'light', 'system']).nullable().optional(),
});
export type EditInstance = z.infer<typeof EditInstance>;

/** What anyone may know about the instance before logging in. */
export const InstanceConfig = z.object({
  name: z.string(),
  version: z.string(),
  registration: RegistrationMode,
  defaultTheme: z.string(),
  defaultMode: z.enum(['dark', 'light', 'system']),
  /** Names of the themes there are. */
  themes: z.array(z.string()),
  /** False: links that would be mailed are told to whoever runs the instance. */
  mail: z.boolean(),
  /** False when no voice worker could be had; `voiceReason` then says why in words. */
  voice: z.boolean(),
  voiceReason: z.string().optional(),
  /** What is made of what people post; what is false here never comes. */
  features: z.object({
    linkPreviews: z.boolean(),
    /** And blurs, and uploads made smaller or upright: false where nothing can decode a picture. */
    thumbnails: z.boolean(),
  }),
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
