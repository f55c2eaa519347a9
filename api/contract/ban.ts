import { z } from 'zod';
import { AuditReason } from './audit-log.ts';
import { Snowflake } from './ids.ts';
import { User } from './user.ts';

/** The longest time back of which a ban deletes messages, in seconds: a week. */
const MAX_DELETED_SECONDS = 7 * 24 * 60 * 60;

export const Ban = z.object({
  user: User,
  reason: z.string().nullable(),
  /** Null: whoever it was is gone. */
  createdBy: Snowflake.nullable(),
  createdAt: z.iso.datetime(),
});
export type Ban = z.infer<typeof Ban>;

export const CreateBan = z.object({
  reason: AuditReason.optional(),
  /** Deletes what the user wrote in the server in the last so many seconds. */
  deleteMessageSeconds: z.number().int().min(0).max(MAX_DELETED_SECONDS).optional(),
});
export type CreateBan = z.input<typeof CreateBan>;

/** By the id of the user, oldest account first. */
export const BanQuery = z.object({
  after: Snowflake.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

/** Why somebody is removed; kept in the audit log. */
export const KickQuery = z.object({ reason: AuditReason.optional() });

/** Of one channel. */
export const BulkDelete = z.object({ ids: z.array(Snowflake).min(1).max(100) });
