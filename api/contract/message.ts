import { z } from 'zod';
import { Snowflake } from './ids.ts';
import { MAX_MESSAGE_LENGTH } from './message-length.ts';
import { User } from './user.ts';

export { MAX_MESSAGE_LENGTH } from './message-length.ts';

/** Length in UTF-16 code units after trimming, as a text field counts. */
export const MessageContent = z.string().trim().min(1).max(MAX_MESSAGE_LENGTH);

/** A client's own name for a message: the same nonce is accepted once, and answered alike after. */
export const Nonce = z
  .string()
  .min(1)
  .max(36)
  .regex(/^[\w-]+$/);

export const Message = z.object({
  id: Snowflake,
  channelId: Snowflake,
  author: User,
  /** Empty once removed. */
  content: z.string(),
  createdAt: z.iso.datetime(),
  editedAt: z.iso.datetime().nullable(),
  /** Set on a tombstone: order is kept, content is gone for all. */
  removedAt: z.iso.datetime().nullable(),
});
export type Message = z.infer<typeof Message>;

/** At most one of before, after and around. Pages are newest first, whichever way they were asked. */
export const MessageQuery = z
  .object({
    before: Snowflake.optional(),
    after: Snowflake.optional(),
    around: Snowflake.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  })
  .refine((query) => [query.before, query.after, query.around].filter(Boolean).length <= 1, {
    message: 'before, after and around exclude each other',
  });

export const SendMessage = z.object({ content: MessageContent, nonce: Nonce.optional() });
export type SendMessage = z.input<typeof SendMessage>;

export const EditMessage = z.object({ content: MessageContent });
export type EditMessage = z.input<typeof EditMessage>;
