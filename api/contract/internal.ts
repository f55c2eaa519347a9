import { z } from 'zod';
import { Snowflake } from './ids.ts';
import { Message } from './message.ts';

/** What a channel room's outbox carries to api; each is idempotent by the message's id. */
export const OutboxEntry = z.discriminatedUnion('op', [
  z.object({ op: z.literal('create'), message: Message }),
  z.object({
    op: z.literal('edit'),
    id: Snowflake,
    content: z.string(),
    editedAt: z.iso.datetime(),
  }),
  z.object({ op: z.literal('remove'), id: Snowflake, removedAt: z.iso.datetime() }),
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
