import { z } from 'zod';
import { Snowflake } from '@harmonium/api/ids';

/** What a user chooses; `invisible` is shown to others as `offline`. */
export const ChosenStatus = z.enum(['online', 'idle', 'dnd', 'invisible']);
export type ChosenStatus = z.infer<typeof ChosenStatus>;

export const StatusText = z.string().trim().max(128);

/** What others see. Users who are not in the list are offline. */
export const Presence = z.object({
  userId: Snowflake,
  status: z.enum(['online', 'idle', 'dnd', 'offline']),
  text: z.string().optional(),
});
export type Presence = z.infer<typeof Presence>;
