import { z } from 'zod';
import { Snowflake } from './ids.ts';
import { Slowmode } from './channel.ts';
import { Message } from './message.ts';
import { PermissionSet } from './permission-set.ts';

/** What a channel room's outbox carries to api; each is idempotent by the message's id. */
export const OutboxEntry = z.discriminatedUnion('op', [
  z.object({ op: z.literal('create'), message: Message }),
  z.object({
    op: z.literal('edit'),
    id: Snowflake,
    content: z.string(),
    editedAt: z.iso.datetime(),
  }),
  z.object({
    op: z.literal('remove'),
    id: Snowflake,
    removedAt: z.iso.datetime(),
    /** The moderator who did it: the audit log names them. */
    by: Snowflake.optional(),
  }),
]);
export type OutboxEntry = z.infer<typeof OutboxEntry>;

export const OUTBOX_BATCH = 500;

/** In order; applied in one transaction; answered only when durable. */
export const OutboxBatch = z.object({
  channelId: Snowflake,
  entries: z.array(OutboxEntry).min(1).max(OUTBOX_BATCH),
});
export type OutboxBatch = z.infer<typeof OutboxBatch>;

/** How many stored messages a room that has none of its own asks for. */
export const StoredQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

export const MAX_STANDINGS = 1000;

/** Who is asked about. */
export const StandingsQuery = z.object({
  userIds: z.array(Snowflake).min(1).max(MAX_STANDINGS),
});

/** What one user may do in a channel now. */
export const ChannelStanding = z.object({
  userId: Snowflake,
  /** Null: no member, or may not view the channel. */
  permissions: PermissionSet.nullable(),
  slowmode: Slowmode,
  /** When it has to be asked again: a timeout ends. */
  recheckAt: z.iso.datetime().nullable(),
});
export type ChannelStanding = z.infer<typeof ChannelStanding>;
