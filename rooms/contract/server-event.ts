import { z } from 'zod';
import { Category, Channel } from '@harmonium/api/channel';
import { DirectChannel } from '@harmonium/api/direct';
import { Emoji, EmojiKey } from '@harmonium/api/emoji';
import { Snowflake } from '@harmonium/api/ids';
import { MAX_READ_MARKS, ReadMark } from '@harmonium/api/internal';
import { Member } from '@harmonium/api/member';
import { Message } from '@harmonium/api/message';
import { MAX_NOTIFICATION_SETTINGS, NotificationSetting } from '@harmonium/api/notification';
import { PermissionSet } from '@harmonium/api/permissions';
import { Relationship } from '@harmonium/api/relationship';
import { Role } from '@harmonium/api/role';
import { Server, Structure } from '@harmonium/api/server';
import { MAX_PINS } from '@harmonium/api/pin';
import { User } from '@harmonium/api/user';
import { Presence } from './presence.ts';
import { VoiceState } from './voice-state.ts';

/** Position of an event in its room: grows by one at each durable event. */
const Seq = z.number().int().nonnegative();
const Nonce = z.string().optional();

/** Why a room refused what a client said. The client keeps what was written, and says why. */
export const RejectionCode = z.enum([
  'invalid',
  'missing_permission',
  'not_found',
  /** Of something that is bounded (pins, reactions on one message) there is as much as there may be. */
  'too_many',
  'flooding',
  'slow_mode',
  'unavailable',
]);
export type RejectionCode = z.infer<typeof RejectionCode>;

const Rejected = z.object({
  type: z.literal('rejected'),
  nonce: Nonce,
  code: RejectionCode,
  message: z.string(),
  /** Seconds after which a retry can help. */
  retryAfter: z.number().optional(),
});
const Pong = z.object({ type: z.literal('pong') });
/** The next ticket to reconnect with, without asking api. */
const TicketRenewed = z.object({
  type: z.literal('ticket'),
  ticket: z.string(),
  expiresAt: z.iso.datetime(),
});

/** Messages that one event may remove. */
export const MAX_PURGE = 500;

/** What happened to one message. */
export const MessageRecord = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('message.created'),
    seq: Seq,
    message: Message,
    /** The sender's own name for it: this event is the acknowledgement. */
    nonce: Nonce,
  }),
  z.object({ type: z.literal('message.edited'), seq: Seq, message: Message, nonce: Nonce }),
  z.object({
    type: z.literal('message.removed'),
    seq: Seq,
    message: Message,
    nonce: Nonce,
    /** Who removed it, unless its author did. */
    by: Snowflake.optional(),
  }),
  /** Not its words: a preview of a link, or a thread that begins with it. */
  z.object({ type: z.literal('message.updated'), seq: Seq, message: Message, nonce: Nonce }),
]);
export type MessageRecord = z.infer<typeof MessageRecord>;

/** A moderator removed these at once; ids that a client does not hold mean nothing to it. */
export const MessagesRemoved = z.object({
  type: z.literal('messages.removed'),
  seq: Seq,
  ids: z.array(Snowflake).max(MAX_PURGE),
  removedAt: z.iso.datetime(),
  by: Snowflake.optional(),
});
export type MessagesRemoved = z.infer<typeof MessagesRemoved>;

/** Somebody put an emoji on a message, or took it away. */
export const ReactionChanged = z.object({
  type: z.literal('reaction.changed'),
  seq: Seq,
  messageId: Snowflake,
  emoji: EmojiKey,
  userId: Snowflake,
  added: z.boolean(),
  /** How many there are of it now. */
  count: z.number().int().nonnegative(),
  at: z.iso.datetime(),
  nonce: Nonce,
});
export type ReactionChanged = z.infer<typeof ReactionChanged>;

export const PinChanged = z.object({
  type: z.literal('pin.changed'),
  seq: Seq,
  messageId: Snowflake,
  pinned: z.boolean(),
  by: Snowflake,
  at: z.iso.datetime(),
  nonce: Nonce,
});
export type PinChanged = z.infer<typeof PinChanged>;

/** Durable events of a channel: numbered, replayed after a reconnect, in one order for everyone. */
export const ChannelRecord = z.discriminatedUnion('type', [
  ...MessageRecord.options,
  MessagesRemoved,
  ReactionChanged,
  PinChanged,
]);
export type ChannelRecord = z.infer<typeof ChannelRecord>;

/** True for what carries the message it is about. */
export function isMessageRecord(record: ChannelRecord): record is MessageRecord {
  return 'message' in record;
}

/** What a channel room says to a client. */
export const ChannelServerEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('ready'),
    /** The snapshot holds everything up to and including this event. */
    seq: Seq,
    /** The youngest messages, oldest first. */
    history: z.array(Message),
    /** True when `history` reaches back to the first message of the channel. */
    complete: z.boolean(),
    /** The youngest pin first. */
    pins: z.array(Snowflake).max(MAX_PINS),
    /** Who is connected, at most MAX_READY_MEMBERS. */
    members: z.array(User),
    you: z.object({ permissions: PermissionSet, slowmode: z.number().int() }),
    ticket: z.string(),
    expiresAt: z.iso.datetime(),
  }),
  /** Follows the replayed events: nothing between `from` (exclusive) and `to` is missing. */
  z.object({
    type: z.literal('resumed'),
    from: Seq,
    to: Seq,
    you: z.object({ permissions: PermissionSet, slowmode: z.number().int() }),
    ticket: z.string(),
    expiresAt: z.iso.datetime(),
  }),
  ...ChannelRecord.options,
  z.object({
    type: z.literal('typing'),
    userId: Snowflake,
    username: z.string(),
    /** When the mark ends by itself, ISO 8601; the past: it ended. */
    until: z.iso.datetime(),
  }),
  z.object({
    type: z.literal('permissions.changed'),
    permissions: PermissionSet,
    slowmode: z.number().int(),
  }),
  Rejected,
  TicketRenewed,
  Pong,
]);
export type ChannelServerEvent = z.infer<typeof ChannelServerEvent>;

/** Changes of a server that reach everyone who may see their subject. `rev` orders them. */
export const ServerChange = z.discriminatedUnion('type', [
  z.object({ type: z.literal('server.updated'), rev: Seq, server: Server }),
  z.object({ type: z.literal('server.removed'), rev: Seq }),
  z.object({ type: z.literal('channel.created'), rev: Seq, channel: Channel }),
  z.object({ type: z.literal('channel.updated'), rev: Seq, channel: Channel }),
  z.object({ type: z.literal('channel.removed'), rev: Seq, channelId: Snowflake }),
  z.object({ type: z.literal('category.created'), rev: Seq, category: Category }),
  z.object({ type: z.literal('category.updated'), rev: Seq, category: Category }),
  z.object({ type: z.literal('category.removed'), rev: Seq, categoryId: Snowflake }),
  z.object({ type: z.literal('role.created'), rev: Seq, role: Role }),
  z.object({ type: z.literal('role.updated'), rev: Seq, role: Role }),
  z.object({ type: z.literal('role.removed'), rev: Seq, roleId: Snowflake }),
  z.object({ type: z.literal('emoji.created'), rev: Seq, emoji: Emoji }),
  z.object({ type: z.literal('emoji.updated'), rev: Seq, emoji: Emoji }),
  z.object({ type: z.literal('emoji.removed'), rev: Seq, emojiId: Snowflake }),
  z.object({ type: z.literal('member.joined'), member: Member }),
  z.object({ type: z.literal('member.updated'), member: Member }),
  z.object({ type: z.literal('member.left'), userId: Snowflake }),
]);
export type ServerChange = z.infer<typeof ServerChange>;

/** A message that names whoever is told of it. */
export const Mention = z.object({
  channelId: Snowflake,
  messageId: Snowflake,
  authorId: Snowflake,
});
export type Mention = z.infer<typeof Mention>;

/** What a server room says to a client. */
export const ServerServerEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('ready'),
    rev: Seq,
    /** The structure as this member sees it. */
    structure: Structure,
    /** This member as they stand now, whatever was changed while they were away. */
    you: z.object({ roles: z.array(Snowflake), timeoutUntil: z.iso.datetime().nullable() }),
    /** Of those who are not offline, at most MAX_READY_PRESENCES, the member's own among them. */
    presences: z.array(Presence),
    /** How many are not offline. */
    online: z.number().int().nonnegative(),
    voice: z.array(VoiceState),
    /** The youngest message of each channel in which anything was ever said. */
    latest: z.array(z.object({ channelId: Snowflake, messageId: Snowflake })),
    /** Messages that name this member, the youngest of each channel, oldest first. */
    mentions: z.array(Mention),
    ticket: z.string(),
    expiresAt: z.iso.datetime(),
  }),
  ...ServerChange.options,
  /** Answers `ticket.request`; what may not be seen is `rejected` as `not_found`. */
  z.object({
    type: z.literal('channel.ticket'),
    nonce: Nonce,
    channelId: Snowflake,
    ticket: z.string(),
    expiresAt: z.iso.datetime(),
  }),
  /** At most once a second: everyone who has changed since. Also answers `presence.request`. */
  z.object({ type: z.literal('presence.changed'), presences: z.array(Presence) }),
  /** Somebody wrote in a channel: what unread marks are made of. */
  z.object({
    type: z.literal('activity'),
    channelId: Snowflake,
    messageId: Snowflake,
    authorId: Snowflake,
  }),
  /** Of those messages, each that names this member. */
  Mention.extend({ type: z.literal('mention') }),
  /** One that named this member was removed. */
  z.object({ type: z.literal('mention.removed'), channelId: Snowflake, messageId: Snowflake }),
  z.object({ type: z.literal('voice.joined'), state: VoiceState }),
  z.object({ type: z.literal('voice.updated'), state: VoiceState }),
  z.object({ type: z.literal('voice.left'), channelId: Snowflake, userId: Snowflake }),
  Rejected,
  TicketRenewed,
  Pong,
]);
export type ServerServerEvent = z.infer<typeof ServerServerEvent>;

/** Changes of whom a user knows, and of the conversations they have. */
export const RelationshipChange = z.discriminatedUnion('type', [
  z.object({ type: z.literal('relationship.changed'), relationship: Relationship }),
  z.object({ type: z.literal('relationship.removed'), userId: Snowflake }),
]);
export const DirectChange = z.discriminatedUnion('type', [
  /** It is in the list from now on. */
  z.object({ type: z.literal('direct.opened'), channel: DirectChannel }),
  /** Another name, other people; means nothing to whoever has it not in the list. */
  z.object({ type: z.literal('direct.updated'), channel: DirectChannel }),
  /** It is out of the list: put away, or left. */
  z.object({ type: z.literal('direct.closed'), channelId: Snowflake }),
]);

/** What the user wants to be told of from now on. */
export const NotificationsChanged = z.object({
  type: z.literal('notifications.changed'),
  settings: z.array(NotificationSetting).max(MAX_NOTIFICATION_SETTINGS),
});

/** What a user room says to its user's devices. */
export const UserServerEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('ready'),
    seq: Seq,
    /** How far each channel is read. */
    marks: z.array(ReadMark).max(MAX_READ_MARKS),
    /** What the user wants to be told of, where they chose it. */
    notifications: z.array(NotificationSetting).max(MAX_NOTIFICATION_SETTINGS),
    ticket: z.string(),
    expiresAt: z.iso.datetime(),
  }),
  z.object({ type: z.literal('read.mark'), channelId: Snowflake, messageId: Snowflake }),
  NotificationsChanged,
  z.object({ type: z.literal('server.joined'), server: Server }),
  z.object({ type: z.literal('server.left'), serverId: Snowflake }),
  z.object({ type: z.literal('session.revoked'), sessionId: Snowflake }),
  /** The own account is not what it was: ask for it again. */
  z.object({ type: z.literal('me.updated') }),
  ...RelationshipChange.options,
  ...DirectChange.options,
  /** Friends as they are shown now: after `ready` those who are not offline, then who has changed. */
  z.object({ type: z.literal('presence.changed'), presences: z.array(Presence) }),
  /** Of direct conversations; after `ready` once for each who is in a call. */
  z.object({ type: z.literal('voice.joined'), state: VoiceState }),
  z.object({ type: z.literal('voice.updated'), state: VoiceState }),
  z.object({ type: z.literal('voice.left'), channelId: Snowflake, userId: Snowflake }),
  /** Somebody wrote in a direct conversation; after `ready` once for each that is not read. */
  z.object({
    type: z.literal('direct.activity'),
    channelId: Snowflake,
    messageId: Snowflake,
    authorId: Snowflake,
  }),
  Rejected,
  TicketRenewed,
  Pong,
]);
export type UserServerEvent = z.infer<typeof UserServerEvent>;
