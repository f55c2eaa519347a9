import { z } from 'zod';
import { Snowflake } from './ids.ts';
import { Slowmode } from './channel.ts';
import { MAX_EMBEDS, Embed } from './embed.ts';
import { EmojiKey } from './emoji.ts';
import { Mentions, Message, MessageReactions } from './message.ts';
import { MAX_NOTIFICATION_SETTINGS, NotificationSetting } from './notification.ts';
import { MAX_PINS } from './pin.ts';
import { PermissionSet } from './permission-set.ts';

/** What a channel room's outbox carries to api; each is idempotent by the message's id. */
export const OutboxEntry = z.discriminatedUnion('op', [
  z.object({
    op: z.literal('create'),
    message: Message,
    /** Its author may have links shown. */
    previews: z.boolean().optional(),
  }),
  z.object({
    op: z.literal('edit'),
    id: Snowflake,
    content: z.string(),
    editedAt: z.iso.datetime(),
    mentions: Mentions.optional(),
    previews: z.boolean().optional(),
  }),
  /** What was found out about it since. What is absent stays as it is. */
  z.object({
    op: z.literal('update'),
    id: Snowflake,
    embeds: z.array(Embed).max(MAX_EMBEDS).optional(),
    threadId: Snowflake.optional(),
  }),
  z.object({
    op: z.literal('react'),
    id: Snowflake,
    emoji: EmojiKey,
    userId: Snowflake,
    at: z.iso.datetime(),
  }),
  z.object({ op: z.literal('unreact'), id: Snowflake, emoji: EmojiKey, userId: Snowflake }),
  z.object({ op: z.literal('pin'), id: Snowflake, by: Snowflake, at: z.iso.datetime() }),
  z.object({ op: z.literal('unpin'), id: Snowflake, by: Snowflake }),
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

/** What a room that has no storage begins with. */
export const StoredPast = z.object({
  /** Newest first. */
  messages: z.array(Message).max(100),
  /** Of those messages that have any. */
  reactions: z.array(MessageReactions).max(100),
  /** The youngest pin first. */
  pins: z.array(Snowflake).max(MAX_PINS),
});
export type StoredPast = z.infer<typeof StoredPast>;

/** How far somebody has read a channel. */
export const ReadMark = z.object({ channelId: Snowflake, messageId: Snowflake });
export type ReadMark = z.infer<typeof ReadMark>;

/** Channels of which one user's marks are kept. */
export const MAX_READ_MARKS = 2000;
/** Marks that are stored at once. */
export const MAX_STORED_MARKS = 500;
export const StoreMarks = z.object({ marks: z.array(ReadMark).min(1).max(MAX_STORED_MARKS) });
/** Channels among them that are gone, or that the user is not in any more. */
export const MarksStored = z.object({ gone: z.array(Snowflake).max(MAX_STORED_MARKS) });

/** What a user's room without storage begins with. */
export const Reading = z.object({
  marks: z.array(ReadMark).max(MAX_READ_MARKS),
  notifications: z.array(NotificationSetting).max(MAX_NOTIFICATION_SETTINGS),
});
export type Reading = z.infer<typeof Reading>;

/** Channels of one server whose youngest messages are asked for. */
export const MAX_LATEST = 5000;
/** The youngest message of each channel of a server in which anything was said. */
export const Latest = z.array(ReadMark).max(MAX_LATEST);

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

/** Calls that a node of the sfu names; of those beyond it is only known while they are asked for. */
export const MAX_NODE_CALLS = 2000;

/** What a node of the sfu says of itself, every few seconds. */
export const VoiceNode = z.object({
  /** Of its process: one that starts again is another. */
  id: z.uuid(),
  /** Where the api reaches it, without a slash at the end. */
  internalUrl: z.url({ protocol: /^https?$/ }).max(500),
  /** Where browsers reach it; absent: at the origin they came by. */
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional(),
  /** People in its calls. */
  peers: z.number().int().min(0),
  /** 0: nothing to do, 1: it can carry no more. */
  load: z.number().min(0).max(1),
  /** It takes no new calls, and those it has go elsewhere. */
  draining: z.boolean(),
  /** Channels whose calls it holds. */
  calls: z.array(Snowflake).max(MAX_NODE_CALLS),
});
export type VoiceNode = z.infer<typeof VoiceNode>;

/** What a node is told in return. */
export const VoiceNodeOrders = z.object({
  /** Of its calls those that another node holds by now: their people have to go there. */
  elsewhere: z.array(Snowflake).max(MAX_NODE_CALLS),
  /** There is another one that takes calls. */
  others: z.boolean(),
});
export type VoiceNodeOrders = z.infer<typeof VoiceNodeOrders>;
