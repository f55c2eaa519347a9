import { z } from 'zod';
import { Snowflake } from './ids.ts';
import { User } from './user.ts';

/** Every administrative act, as the log names it. */
export const AuditAction = z.enum([
  'server.update',
  'server.owner',
  'server.icon',
  'channel.create',
  'channel.update',
  'channel.delete',
  'channel.reorder',
  'thread.create',
  'thread.update',
  'thread.archive',
  'thread.unarchive',
  'thread.delete',
  'category.create',
  'category.update',
  'category.delete',
  'category.reorder',
  'override.set',
  'override.delete',
  'role.create',
  'role.update',
  'role.delete',
  'role.reorder',
  'member.update',
  'member.roles',
  'member.timeout',
  'member.kick',
  'member.ban',
  'member.unban',
  'member.voice',
  'member.move',
  'member.disconnect',
  'emoji.create',
  'emoji.update',
  'emoji.delete',
  'invite.create',
  'invite.delete',
  'message.delete',
  'message.bulk_delete',
  'message.pin',
  'message.unpin',
]);
export type AuditAction = z.infer<typeof AuditAction>;

/**
 * Fields of the target that changed, by name. Of a reorder: positions by id, and of a channel that
 * went into another category `[position, category or '']`.
 */
export const AuditFields = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]),
);
export type AuditFields = z.infer<typeof AuditFields>;

export const AuditReason = z.string().trim().max(512);

export const AuditEntry = z.object({
  id: Snowflake,
  serverId: Snowflake,
  actor: User,
  action: AuditAction,
  /** What it was done to: a member's user, a channel, a role, a category. */
  targetId: Snowflake.nullable(),
  /** The same where it is somebody, also after they left. */
  target: User.nullable(),
  /** The channel it was done in or to. */
  channelId: Snowflake.nullable(),
  before: AuditFields.nullable(),
  after: AuditFields.nullable(),
  reason: z.string().nullable(),
  createdAt: z.iso.datetime(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** Newest first; filters combine. */
export const AuditQuery = z.object({
  before: Snowflake.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  actorId: Snowflake.optional(),
  targetId: Snowflake.optional(),
  action: AuditAction.optional(),
});
