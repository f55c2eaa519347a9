import type { CloseReason } from '../contract/close-codes.ts';
import type { Party, PublishAnswer, RoomPublisher } from '../contract/publish.ts';

/**
 * What a runtime gives a room, and what it promises. The room suite proves these rules on each host.
 */
export interface Host<State> {
  readonly party: Party;
  readonly id: string;
  /**
   * Admitted connections, in no order. One that was closed is not among them any more; it may be
   * closed while they are gone through.
   */
  connections(): Iterable<Connection<State>>;
  /** Sends to all connections, or to those that the filter holds true; framed once. */
  broadcast(text: string, filter?: (connection: Connection<State>) => boolean): void;
  readonly storage: Storage;
  /**
   * Calls the room's `alarm()` at `at` (milliseconds) or soon after; one alarm a room, the last word
   * counts, undefined clears it. Survives a restart: the host then starts the room to wake it.
   * Cleared before `alarm()` is called. One that is put off or cleared may ring at its earlier time
   * when the process ends unexpectedly.
   */
  setAlarm(at: number | undefined): void;
  /** Milliseconds since the Unix epoch. May jump. */
  now(): number;
  /** The other rooms, wherever they live. */
  readonly rooms: RoomPublisher;
  readonly log: Log;
}

export interface Connection<State> {
  readonly id: string;
  /** JSON, at most about 2 KB: it survives hibernation of the room. Replaced, never mutated. */
  readonly state: State;
  setState(state: State): void;
  /** Ignored once closed. */
  send(text: string): void;
  /** Closes after what was sent before has left, and takes it out of `connections()` at once. */
  close(reason: CloseReason): void;
}

/**
 * Durable key-value storage of one room, ordered by key (compared as ASCII).
 *
 * - Writes are buffered, and those made without an `await` between them become durable together or
 *   not at all.
 * - The output gate: nothing sent, closed, answered or given to api after a write leaves before that
 *   write is durable.
 * - A read sees every write made before it.
 * - A write that is made `soon` becomes durable with the next one of any room, or after some seconds,
 *   and nothing waits for it: a crash may take it back. What a crash makes happen twice can afford that.
 * - When a write cannot be made durable, what was sent after it never leaves: the host closes the
 *   room's connections with `unavailable`, forgets the room and starts it anew from what is stored.
 */
export interface Storage {
  get(key: string): Promise<unknown>;
  list(range: StorageRange): Promise<[key: string, value: unknown][]>;
  /** The value is copied as JSON at once; at most 120 KB. */
  put(key: string, value: unknown, when?: 'soon'): void;
  delete(key: string, when?: 'soon'): void;
}

export interface StorageRange {
  prefix: string;
  /** First key wanted, inclusive. */
  start?: string;
  /** First key not wanted any more. */
  end?: string;
  limit?: number;
  /** From the last key down. */
  reverse?: boolean;
}

export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What a room decided about a socket that asks to come in. */
export type Admission<State> =
  | {
      ok: true;
      state: State;
      since: string | undefined;
      resume: { ticket: string; expiresAt: string };
    }
  | { ok: false; reason: CloseReason };

/**
 * A room as its host drives it. Calls may interleave at an `await`, never within synchronous code.
 *
 * A socket is `admit`ted, then, in one synchronous step, becomes a connection with the state given
 * and is `connect`ed; frames it sent meanwhile wait until then. `receive` is given text frames of at
 * most MAX_FRAME_BYTES; the host itself closes larger and binary ones with `bad_frame`, and silent
 * connections after DEAD_AFTER_MS with `timed_out`.
 */
export interface Room<State> {
  /** Loads what the room holds; called once, before anything else. Connections may exist already
   * when the room comes back from hibernation. */
  start(): Promise<void>;
  admit(ticket: string, since: string | undefined): Promise<Admission<State>>;
  connect(connection: Connection<State>, admission: Admission<State> & { ok: true }): void;
  receive(connection: Connection<State>, text: string): void | Promise<void>;
  /**
   * Called once for every connection that ends, whoever ended it, never from within another call.
   * It is not among `connections()` any more.
   */
  disconnect(connection: Connection<State>): void;
  /** One answer an event; events come from the wire unchecked. */
  publish(events: readonly unknown[]): Promise<PublishAnswer[]>;
  alarm(): Promise<void>;
  /** Undefined in a room that has nothing to give to api. */
  backlog?(): Backlog;
}

/** What api was not given yet. */
export interface Backlog {
  events: number;
  /** When the oldest of them happened, milliseconds; undefined until it is looked at. */
  since: number | undefined;
}
