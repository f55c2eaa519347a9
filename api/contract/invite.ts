import { z } from 'zod';
import { Snowflake } from './ids.ts';
import { Server } from './server.ts';
import { User } from './user.ts';

export const InviteCode = z
  .string()
  .min(4)
  .max(32)
  .regex(/^[A-Za-z0-9]+$/);

export const CreateInvite = z.object({
  /** 0 or absent: no bound. */
  maxUses: z.number().int().min(0).max(10_000).optional(),
  /** Seconds from now; absent: for ever. At most a year. */
  expiresIn: z.number().int().min(60).max(31_536_000).optional(),
});
export type CreateInvite = z.input<typeof CreateInvite>;

export const Invite = z.object({
  code: z.string(),
  serverId: Snowflake,
  creator: User,
  uses: z.number().int(),
  maxUses: z.number().int().nullable(),
  expiresAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
});
export type Invite = z.infer<typeof Invite>;

/** What the holder of a link may know before joining; needs no account. */
export const InvitePreview = z.object({
  code: z.string(),
  server: Server.pick({ id: true, name: true, icon: true }),
  memberCount: z.number().int(),
  inviter: User,
  expiresAt: z.iso.datetime().nullable(),
});
export type InvitePreview = z.infer<typeof InvitePreview>;
