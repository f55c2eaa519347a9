import { z } from 'zod';
import { Channel, ChannelName } from './channel.ts';
import { Snowflake } from './ids.ts';

export const StartThread = z.object({
  /** Absent: the first words of the message. */
  name: ChannelName.optional(),
});
export type StartThread = z.input<typeof StartThread>;

/** Counted no further: it costs time, and nobody counts along. */
export const MAX_COUNTED_MESSAGES = 1000;

export const Thread = z.object({
  channel: Channel,
  /** What is stored of it and not removed, up to `MAX_COUNTED_MESSAGES`. */
  messages: z.number().int(),
  /** The youngest message; null: there is none yet. */
  lastId: Snowflake.nullable(),
});
export type Thread = z.infer<typeof Thread>;

export const MAX_THREADS_PAGE = 100;

/** Of a channel, the youngest first. With `ids` those of them, archived or not. */
export const ThreadQuery = z.object({
  archived: z.enum(['true', 'false']).default('false'),
  before: Snowflake.optional(),
  ids: z
    .string()
    .max(50 * 20)
    .transform((text) => text.split(','))
    .pipe(z.array(Snowflake).min(1).max(50))
    .optional(),
  limit: z.coerce.number().int().min(1).max(MAX_THREADS_PAGE).default(50),
});
