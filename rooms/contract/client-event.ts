import { z } from 'zod';
import { Snowflake } from '@harmonium/api/ids';
import { EmojiKey } from '@harmonium/api/emoji';
import { Draft, MessageContent, NOTHING_SAID, Nonce, saysAnything } from '@harmonium/api/message';
import { MAX_REQUESTED_PRESENCES } from './limits.ts';
import { ChosenStatus, StatusText } from './presence.ts';

const Ping = z.object({ type: z.literal('ping') });

const MessageSend = Draft.extend({ type: z.literal('message.send'), nonce: Nonce }).refine(
  saysAnything,
  NOTHING_SAID,
);
const MessageEdit = z.object({
  type: z.literal('message.edit'),
  nonce: Nonce.optional(),
  id: Snowflake,
  content: MessageContent,
});
const MessageRemove = z.object({
  type: z.literal('message.remove'),
  nonce: Nonce.optional(),
  id: Snowflake,
});
const ReactionAdd = z.object({
  type: z.literal('reaction.add'),
  nonce: Nonce.optional(),
  id: Snowflake,
  emoji: EmojiKey,
});
const ReactionRemove = z.object({
  type: z.literal('reaction.remove'),
  nonce: Nonce.optional(),
  id: Snowflake,
  emoji: EmojiKey,
  /** Somebody else's, which a moderator may remove. */
  userId: Snowflake.optional(),
});
const PinAdd = z.object({
  type: z.literal('pin.add'),
  nonce: Nonce.optional(),
  id: Snowflake,
});
const PinRemove = z.object({
  type: z.literal('pin.remove'),
  nonce: Nonce.optional(),
  id: Snowflake,
});
const TypingStart = z.object({ type: z.literal('typing.start') });

/** What a client may say to a channel room. */
export const ChannelClientEvent = z.discriminatedUnion('type', [
  MessageSend,
  MessageEdit,
  MessageRemove,
  ReactionAdd,
  ReactionRemove,
  PinAdd,
  PinRemove,
  TypingStart,
  Ping,
]);
export type ChannelClientEvent = z.infer<typeof ChannelClientEvent>;

/** Channels that one `read.marks` names. */
export const MAX_READ_MARKS = 100;
const ReadMark = z.object({ channelId: Snowflake, messageId: Snowflake });

const PresenceSet = z.object({
  type: z.literal('presence.set'),
  status: ChosenStatus,
  text: StatusText.optional(),
});

/** Asks how these users are shown, where `ready` named fewer than are online. */
const PresenceRequest = z.object({
  type: z.literal('presence.request'),
  userIds: z.array(Snowflake).min(1).max(MAX_REQUESTED_PRESENCES),
});

/** Asks for a ticket to a channel's room, so that opening a channel asks neither api nor database. */
const TicketRequest = z.object({
  type: z.literal('ticket.request'),
  nonce: Nonce,
  channelId: Snowflake,
});

/** What a client may say to a server room. */
export const ServerClientEvent = z.discriminatedUnion('type', [
  PresenceSet,
  PresenceRequest,
  TicketRequest,
  Ping,
]);
export type ServerClientEvent = z.infer<typeof ServerClientEvent>;

/** What a client may say to its user room. */
export const UserClientEvent = z.discriminatedUnion('type', [
  ReadMark.extend({ type: z.literal('read.mark') }),
  z.object({ type: z.literal('read.marks'), marks: z.array(ReadMark).min(1).max(MAX_READ_MARKS) }),
  PresenceSet,
  Ping,
]);
export type UserClientEvent = z.infer<typeof UserClientEvent>;
