import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import type { ChannelServerEvent } from '@harmonium/rooms/server-event';

/** Somebody put something on a message, or took it away. */
export type ReactionEvent = Extract<ChannelServerEvent, { type: 'reaction.changed' }>;

/** Something happened to a message. */
export type MessageEvent = Extract<ChannelServerEvent, { seq: number; message: Message }>;

/** What happened to one client, in the order in which it happened there. */
export type Entry =
  /** An event was applied. */
  | { kind: 'event'; type: MessageEvent['type']; seq: number; message: Message }
  /** So was one that is about what was put on a message. */
  | { kind: 'reaction'; seq: number }
  /** A `ready`: everything up to `seq` is in the history, here or behind the pages of REST. */
  | { kind: 'snapshot'; seq: number }
  /** A `resumed`: the replay that came before it is said to be whole. */
  | { kind: 'resumed'; from: number; to: number };

/** What one client wrote under one nonce, and what the room said to it. */
export interface Saying {
  nonce: string;
  /** What the message reads once this has been done; undefined: it is removed. */
  content: string | undefined;
  /** The message that this made or changed; undefined until the room said so. */
  id?: Snowflake;
}

/** All that one client can bear witness of. */
export interface Testimony {
  name: string;
  entries: readonly Entry[];
  /** In the order written. */
  sayings: readonly Saying[];
  /** The channel as it stands on the screen at the end, top to bottom. */
  view: readonly (Message & Shown)[];
}

/** A message as a view or a row of the database has it. */
export interface Shown extends Pick<Message, 'id' | 'content' | 'editedAt' | 'removedAt'> {
  /** How many reactions are on it; absent: none. */
  reacted?: number;
}

/** The emoji that people here put on messages: one is enough to tell what becomes of them. */
export const THUMB = '👍';
