import { z } from 'zod';
import { Snowflake } from '@harmonium/api/ids';
import { EmojiKey } from '@harmonium/api/emoji';
import { Embed, MAX_EMBEDS } from '@harmonium/api/embed';
import {
  Draft,
  MAX_MENTIONED_ROLES,
  MAX_MENTIONED_USERS,
  Message,
  MessageContent,
  MessageReactions,
  NOTHING_SAID,
  Nonce,
  saysAnything,
} from '@harmonium/api/message';
import { PermissionSet } from '@harmonium/api/permissions';
import { Server, Structure } from '@harmonium/api/server';
import { MAX_PARTICIPANTS } from '@harmonium/api/participants';
import { User } from '@harmonium/api/user';
import { Presence } from './presence.ts';
import {
  DirectChange,
  MAX_PURGE,
  NotificationsChanged,
  RejectionCode,
  RelationshipChange,
  ServerChange,
} from './server-event.ts';
import { VoiceState } from './voice-state.ts';

/**
 * What services say to rooms: `POST /parties/<party>/<room>` with a service token and
 * `{"events": […]}`, handled in order. Answered with `{"answers": […]}`, one an event.
 */

/** Ends what a user holds in a room: sockets close, tickets issued until now are void. */
const Revoke = z.object({
  type: z.literal('revoke'),
  userId: Snowflake,
  /** Only the sockets of this login session; absent: all of the user's. */
  sessionId: Snowflake.optional(),
  reason: z.enum(['session_revoked', 'access_lost']),
});

/** A message by REST (bots): the same gate as a frame on the socket. */
const Accept = z.object({
  type: z.literal('accept'),
  author: User,
  sessionId: Snowflake,
  /** Lets a room that nobody has opened yet tell its server of the activity. */
  serverId: Snowflake.optional(),
  permissions: PermissionSet,
  event: z.discriminatedUnion('type', [
    Draft.extend({ type: z.literal('message.send'), nonce: Nonce.optional() }).refine(
      saysAnything,
      NOTHING_SAID,
    ),
    z.object({ type: z.literal('message.edit'), id: Snowflake, content: MessageContent }),
    z.object({ type: z.literal('message.remove'), id: Snowflake }),
    z.object({ type: z.literal('reaction.add'), id: Snowflake, emoji: EmojiKey }),
    z.object({
      type: z.literal('reaction.remove'),
      id: Snowflake,
      emoji: EmojiKey,
      userId: Snowflake.optional(),
    }),
    z.object({ type: z.literal('pin.add'), id: Snowflake }),
    z.object({ type: z.literal('pin.remove'), id: Snowflake }),
  ]),
});

/** As many messages as a page of history may hold. */
const MAX_UNDRAINED = 100;

/**
 * Asks for the changed messages of a range of ids that api may not have stored yet, each as it is
 * now, and for those that were removed together, by their ids: `newest` of the range or `oldest`, in
 * that order, of both. Changes nothing. Asked before the database is, so that what is stored in
 * between is in at least one of the two.
 */
const AskUndrained = z.object({
  type: z.literal('undrained'),
  /** Exclusive, both. */
  after: Snowflake.optional(),
  before: Snowflake.optional(),
  first: z.enum(['newest', 'oldest']),
  limit: z.number().int().min(1).max(MAX_UNDRAINED),
});
export type AskUndrained = z.infer<typeof AskUndrained>;

/** Users whom one `access.changed` names. */
export const MAX_ACCESS_USERS = 1000;

/**
 * What these users (absent: all) may do in the channel has changed. The room asks api what holds
 * now; until it knows, nothing is taken from them and nothing is told to them, and tickets issued
 * before are believed no more.
 */
const AccessChanged = z.object({
  type: z.literal('access.changed'),
  userIds: z.array(Snowflake).min(1).max(MAX_ACCESS_USERS).optional(),
});

/**
 * Removes many messages at once: those named, and with `authorId` and `since` those of that author
 * which api may not have stored yet. The caller has checked that `by` may.
 * A repeat removes nothing twice.
 */
const Purge = z.object({
  type: z.literal('purge'),
  ids: z.array(Snowflake).max(MAX_PURGE).optional(),
  authorId: Snowflake.optional(),
  since: z.iso.datetime().optional(),
  by: Snowflake,
});
export type Purge = z.infer<typeof Purge>;

/** What services found out about a message; of one that is removed nothing changes. */
const Annotate = z.object({
  type: z.literal('annotate'),
  id: Snowflake,
  /** Previews hold for these words only: of a message edited since, they are dropped. */
  embeds: z
    .object({ of: z.iso.datetime().nullable(), list: z.array(Embed).max(MAX_EMBEDS) })
    .optional(),
  threadId: Snowflake.optional(),
});
export type Annotate = z.infer<typeof Annotate>;

/** The node of the sfu that says so. While people move to another one, both speak of their call. */
const byNode = { node: z.string().max(64).optional() };

/** What happens in a call, as the sfu tells it. */
export const VoiceChange = z.discriminatedUnion('type', [
  z.object({ type: z.literal('voice.joined'), ...byNode, state: VoiceState }),
  z.object({ type: z.literal('voice.updated'), ...byNode, state: VoiceState }),
  z.object({
    type: z.literal('voice.left'),
    ...byNode,
    channelId: Snowflake,
    userId: Snowflake,
  }),
  /** Everyone that the node has in one call, repeated so that a crash leaves no ghosts. */
  z.object({
    type: z.literal('voice.snapshot'),
    ...byNode,
    channelId: Snowflake,
    states: z.array(VoiceState).max(1000),
  }),
]);
export type VoiceChange = z.infer<typeof VoiceChange>;

export const ChannelPublish = z.discriminatedUnion('type', [
  Accept,
  AskUndrained,
  Revoke,
  z.object({
    type: z.literal('permissions.changed'),
    userId: Snowflake,
    permissions: PermissionSet,
  }),
  AccessChanged,
  /** Of a thread. Archived, it hears of no change of access, and asks before anything happens in it. */
  z.object({ type: z.literal('thread.archived'), archived: z.boolean() }),
  Purge,
  Annotate,
  /** Answered with the pinned messages' ids, the youngest pin first. */
  z.object({ type: z.literal('pins') }),
  z.object({ type: z.literal('channel.updated'), slowmode: z.number().int() }),
  /** Somebody is called otherwise, or looks otherwise, also where they wrote before. */
  z.object({ type: z.literal('user.updated'), user: User }),
  /** Who is in a direct conversation from now on; everybody else's sockets close. */
  z.object({
    type: z.literal('participants.changed'),
    userIds: z.array(Snowflake).max(MAX_PARTICIPANTS),
  }),
  /** Of a direct conversation: its room passes it on to whoever takes part. */
  ...VoiceChange.options,
  z.object({ type: z.literal('room.removed') }),
]);
export type ChannelPublish = z.infer<typeof ChannelPublish>;

/** Whom a message names; the room of the server knows who that is. */
const Naming = z.object({
  messageId: Snowflake,
  authorId: Snowflake,
  users: z.array(Snowflake).max(MAX_MENTIONED_USERS),
  roles: z.array(Snowflake).max(MAX_MENTIONED_ROLES),
  /** Everyone, or those who are not offline now. */
  crowd: z.enum(['everyone', 'here']).optional(),
  /** Its author may name any role, and not only those that are mentionable. */
  anyRole: z.boolean(),
});
export type Naming = z.infer<typeof Naming>;

/** Messages that name somebody, in one `activity`. */
export const MAX_NAMINGS = 100;

export const ServerPublish = z.discriminatedUnion('type', [
  /** The whole structure after a change, with the change itself. */
  z.object({ type: z.literal('changed'), structure: Structure, change: ServerChange }),
  /** A change of people, which is no part of the structure. */
  z.object({ type: z.literal('member'), change: ServerChange }),
  Revoke,
  z.object({ type: z.literal('room.removed') }),
  z.object({
    type: z.literal('activity'),
    channelId: Snowflake,
    messageId: Snowflake,
    authorId: Snowflake,
    /** Messages since the last `activity` that name somebody, oldest first. */
    namings: z.array(Naming).max(MAX_NAMINGS),
  }),
  /** Messages that were removed: they name nobody any more, if they did. */
  z.object({
    type: z.literal('unnamed'),
    channelId: Snowflake,
    messageIds: z.array(Snowflake).max(MAX_PURGE),
  }),
  ...VoiceChange.options,
]);
export type ServerPublish = z.infer<typeof ServerPublish>;

export const UserPublish = z.discriminatedUnion('type', [
  Revoke,
  z.object({ type: z.literal('server.joined'), server: Server }),
  z.object({ type: z.literal('server.left'), serverId: Snowflake }),
  z.object({ type: z.literal('me.updated') }),
  NotificationsChanged,
  ...RelationshipChange.options,
  ...DirectChange.options,
  ...VoiceChange.options,
  /** A friend is shown so from now on; answered with how this user is shown to that friend. */
  z.object({ type: z.literal('friend.presence'), presence: Presence }),
  z.object({
    type: z.literal('direct.activity'),
    channelId: Snowflake,
    messageId: Snowflake,
    authorId: Snowflake,
  }),
]);
export type UserPublish = z.infer<typeof UserPublish>;

export const MAX_PUBLISH_EVENTS = 100;

/** A message that was removed together with others. */
const Removed = z.object({ id: Snowflake, removedAt: z.iso.datetime() });
export type Removed = z.infer<typeof Removed>;

/** How a room answered one published event. */
export const PublishAnswer = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    /** What an `accept` led to. */
    message: Message.optional(),
    /** What `undrained` asked for. */
    messages: z.array(Message).optional(),
    /** Of the same range; of some the room has nothing but this. */
    removed: z.array(Removed).optional(),
    /** Of messages of the same range whose reactions api may not have stored: all that are on them. */
    reactions: z.array(MessageReactions).optional(),
    /** What `pins` asked for. */
    pins: z.array(Snowflake).optional(),
    /** Of somebody who is online, to a friend's `friend.presence`. */
    presence: Presence.optional(),
  }),
  z.object({
    ok: z.literal(false),
    code: RejectionCode,
    message: z.string(),
    retryAfter: z.number().optional(),
  }),
]);
export type PublishAnswer = z.infer<typeof PublishAnswer>;

/** The three kinds of room; `main` is the channel's. */
export type Party = 'main' | 'server' | 'user';

export interface PublishEvents {
  main: ChannelPublish;
  server: ServerPublish;
  user: UserPublish;
}

/** Reaches a room wherever it lives. Throws when the room cannot be reached. */
export interface RoomPublisher {
  publish<P extends Party>(
    party: P,
    roomId: string,
    events: readonly PublishEvents[P][],
  ): Promise<PublishAnswer[]>;
}
