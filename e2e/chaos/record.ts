import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import type { ChannelServerEvent } from '@harmonium/rooms/server-event';

/** Something happened to a message. */
export type MessageEvent = Extract<ChannelServerEvent, { seq: number; message: Message }>;

/** What happened to one client, in the order in which it happened there. */
export type Entry =
  /** An event was applied. */
  | { kind: 'event'; type: MessageEvent['type']; seq: number; message: Message }
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
  view: readonly Message[];
}

/** A message as a view or a row of the database has it. */
export type Shown = Pick<Message, 'id' | 'content' | 'editedAt' | 'removedAt'>;
