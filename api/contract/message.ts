import { z } from 'zod';
import { Attachment, MAX_ATTACHMENTS } from './attachment.ts';
import { Embed, MAX_EMBEDS } from './embed.ts';
import { EmojiKey, MAX_REACTIONS, MAX_REACTORS } from './emoji.ts';
import { Snowflake } from './ids.ts';
import { MAX_MESSAGE_LENGTH } from './message-length.ts';
import { User } from './user.ts';

export { MAX_MESSAGE_LENGTH } from './message-length.ts';

/** Length in UTF-16 code units after trimming, as a text field counts. */
export const MessageContent = z.string().trim().min(1).max(MAX_MESSAGE_LENGTH);

/** Users, and roles, that one message can name. */
export const MAX_MENTIONED_USERS = 100;
export const MAX_MENTIONED_ROLES = 20;

/** Whom a message names, as its author was allowed to. */
export const Mentions = z.object({
  /** Named in the words, or the author of what is answered. */
  users: z.array(Snowflake).max(MAX_MENTIONED_USERS),
  roles: z.array(Snowflake).max(MAX_MENTIONED_ROLES),
  /** `@everyone` or `@here`. */
  everyone: z.boolean(),
});
export type Mentions = z.infer<typeof Mentions>;

/** One emoji on a message, as one reader sees it. */
export const Reaction = z.object({
  emoji: EmojiKey,
  count: z.number().int().positive(),
  /** The reader is one of them. */
  me: z.boolean(),
});
export type Reaction = z.infer<typeof Reaction>;

/** The emoji on one message with all who chose each, in the order they first came. */
export const MessageReactions = z.object({
  messageId: Snowflake,
  reactions: z
    .array(z.object({ emoji: EmojiKey, userIds: z.array(Snowflake).max(MAX_REACTORS) }))
    .max(MAX_REACTIONS),
});
export type MessageReactions = z.infer<typeof MessageReactions>;

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
  /** What it answers, a message of the same channel; it may have been removed. */
  replyTo: Snowflake.optional(),
  /** Absent: nobody. */
  mentions: Mentions.optional(),
  /** Absent: none. */
  attachments: z.array(Attachment).max(MAX_ATTACHMENTS).optional(),
  embeds: z.array(Embed).max(MAX_EMBEDS).optional(),
  /** The thread that begins with it. */
  threadId: Snowflake.optional(),
  /**
   * On pages and in snapshots: what is on it for the reader. Absent: none; in events, which say
   * nothing of it: as it was.
   */
  reactions: z.array(Reaction).max(MAX_REACTIONS).optional(),
});
export type Message = z.infer<typeof Message>;

/** Messages that one query can name. */
export const MAX_NAMED_MESSAGES = 50;

/** Ids with commas between them, as an address has them. */
const NamedMessages = z
  .string()
  .max(MAX_NAMED_MESSAGES * 20)
  .transform((text) => text.split(','))
  .pipe(z.array(Snowflake).min(1).max(MAX_NAMED_MESSAGES));

/**
 * At most one of before, after, around and ids. Pages are newest first, whichever way they were asked;
 * of `ids`, those there are, in the order asked for.
 */
export const MessageQuery = z
  .object({
    before: Snowflake.optional(),
    after: Snowflake.optional(),
    around: Snowflake.optional(),
    ids: NamedMessages.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  })
  .refine(
    (query) => [query.before, query.after, query.around, query.ids].filter(Boolean).length <= 1,
    { message: 'before, after, around and ids exclude each other' },
  );

/** Who put an emoji on a message: by id, from the one after the cursor on. */
export const ReactorsQuery = z.object({
  after: Snowflake.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** Signed by api when an upload is complete: lets its sender, and nobody else, put it in a message. */
const AttachmentTicketText = z.string().max(2000);

/** What is sent: words, files, or both. */
export const Draft = z.object({
  /** May be empty where there are files. */
  content: z.string().trim().max(MAX_MESSAGE_LENGTH),
  replyTo: Snowflake.optional(),
  /** The author of what is answered is not named by it. */
  quiet: z.boolean().optional(),
  attachments: z.array(AttachmentTicketText).max(MAX_ATTACHMENTS).optional(),
});
export type Draft = z.infer<typeof Draft>;

/** True for what has something to say. */
export function saysAnything({
  content,
  attachments = [],
}: Pick<Draft, 'content' | 'attachments'>) {
  return content !== '' || attachments.length > 0;
}
export const NOTHING_SAID = { message: 'There is nothing in it.', path: ['content'] };

export const SendMessage = Draft.extend({ nonce: Nonce.optional() }).refine(
  saysAnything,
  NOTHING_SAID,
);
export type SendMessage = z.input<typeof SendMessage>;

export const EditMessage = z.object({ content: MessageContent });
export type EditMessage = z.input<typeof EditMessage>;
