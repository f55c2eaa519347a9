import { z } from 'zod';
import { Snowflake } from './ids.ts';
import { THEMES } from './themes.ts';

/**
 * A login name: 2-32 letters, digits, dots, underscores or hyphens of any script, unique without
 * regard to case.
 */
export const Username = z
  .string()
  .trim()
  .normalize('NFC')
  .min(2)
  .max(32)
  .regex(/^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}._-]*$/u);

export const Email = z.email().trim().toLowerCase().max(254);

export const Password = z.string().min(8).max(256);

/** What anyone who meets a user may know. */
export const User = z.object({
  id: Snowflake,
  username: z.string(),
  /** Address of a 256x256 WebP, or null: the app draws initials. */
  avatar: z.string().nullable(),
});
export type User = z.infer<typeof User>;

export const ThemeName = z.enum(THEMES);

/** What a user chose; absent fields follow the server's or the instance's default. */
export const Preferences = z.object({
  theme: ThemeName.optional(),
  mode: z.enum(['dark', 'light', 'system']).optional(),
  /** Who may begin a conversation. Default: whoever shares a server. */
  directFrom: z.enum(['friends', 'servers']).optional(),
  /** Who may ask to be a friend. Default: everyone. */
  requestsFrom: z.enum(['everyone', 'servers', 'nobody']).optional(),
});
export type Preferences = z.infer<typeof Preferences>;

/** What a user may know about their own account. */
export const Me = User.extend({
  email: z.string(),
  emailVerified: z.boolean(),
  /** Owner of the whole instance (claimed by the link printed at first start). */
  instanceOwner: z.boolean(),
  preferences: Preferences,
  /** A second factor is asked for at login. */
  totp: z.boolean(),
  createdAt: z.iso.datetime(),
});
export type Me = z.infer<typeof Me>;
