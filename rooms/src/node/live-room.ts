import type { CloseReason } from '../../contract/close-codes.ts';
import type { Party, PublishAnswer, RoomPublisher } from '../../contract/publish.ts';
import type { AnySeat } from '../create-room.ts';
import type { Backlog, Connection, Host, Log, Room, Storage } from '../host.ts';
import { roomLog } from '../room-log.ts';
import type { RoomDatabase } from './database.ts';
import { restAfter } from './rest.ts';
import { textFrame, type Joiner } from './wire.ts';
import type { Socket, SocketEvents } from './socket.ts';
import type { Tally } from './tally.ts';

export interface LiveRoomOptions {
  party: Party;
  id: string;
  database: RoomDatabase;
  rooms: RoomPublisher;
  now: () => number;
  log: Log;
  tally: Tally;
  /** Asks for a tick. */
  wake: (room: LiveRoom) => void;
  /** Asks for a tick some time later. */
  wakeLater: (room: LiveRoom) => void;
  /** Answers whether it has to be durable before anything leaves. */
  setAlarm: (at: number | undefined) => boolean;
  /** @param durable ends when everything written until now is durable */
  create: (host: Host<never>, durable: () => Promise<void>) => Room<AnySeat>;
}

type Gate = { open: () => void; fail: (error: unknown) => void };

/** One room in memory: its class, its sockets, and what the next tick has to do for it. */
export class LiveRoom implements Host<AnySeat>, SocketEvents<AnySeat> {
  readonly party: Party;
  readonly id: string;
  readonly key: string;
  readonly storage: Storage;
  readonly rooms: RoomPublisher;
  readonly log: Log;
  readonly now: () => number;
  readonly setAlarm: (at: number | undefined) => void;
  readonly started: Promise<void>;
  /** Wrote since the last commit, and what leaves waits for the next one. */
  dirty = false;
  /** Wrote what may wait. */
  #lazy = false;
  /** Dropped by the host: whatever still runs in it has no effect. */
  dropped = false;
  lastUsed = performance.now();
  /** Waits for its turn, or has it. */
  awake = false;
  restUntil = 0;
  readonly #room: Room<AnySeat>;
  readonly #tally: Tally;
  readonly #wake: (room: LiveRoom) => void;
  readonly #wakeLater: (room: LiveRoom) => void;
  readonly #sockets = new Set<Socket<AnySeat>>();
  #inbox: { socket: Socket<AnySeat>; text: string }[] = [];
  #ended: Socket<AnySeat>[] = [];
  #owed = new Set<Socket<AnySeat>>();
  #gates: Gate[] = [];
  #running = 0;
  #heard = 0;

  constructor(options: LiveRoomOptions) {
    this.party = options.party;
    this.id = options.id;
    this.key = `${options.party}/${options.id}`;
    this.rooms = options.rooms;
    this.log = roomLog(options.log, options.party, options.id);
    this.now = options.now;
    this.#wake = options.wake;
    this.#wakeLater = options.wakeLater;
    this.#tally = options.tally;
    this.setAlarm = (at) => {
      if (this.dropped) return;
      if (options.setAlarm(at)) this.#wrote();
      else this.#wroteLazily();
    };
    this.storage = this.#storageIn(options.database);
    const durable = () => this.#durable();
    this.#room = options.create(this as never, durable); // The room gets back the seats it gave.
    this.started = this.#run(this.#room.start());
  }

  /** Something that it was asked for has not ended. */
  get running(): boolean {
    return this.#running > 0;
  }

  /** True when nothing would be missed if the room were forgotten. */
  get idle(): boolean {
    return (
      this.#sockets.size === 0 && this.#running === 0 && !this.wrote && this.#inbox.length === 0
    );
  }

  /** Would miss what a commit that fails takes with it. */
  get wrote(): boolean {
    return this.dirty || this.#lazy;
  }

  /** What it wrote has waited long enough. */
  hurry(): void {
    if (this.#lazy) this.#wrote();
  }

  /** All of it is durable. */
  committed(): void {
    this.dirty = false;
    this.#lazy = false;
  }

  /** Frames that arrived and wait for a tick. */
  get waiting(): number {
    return this.#inbox.length;
  }

  get size(): number {
    return this.#sockets.size;
  }

  backlog(): Backlog | undefined {
    return this.#room.backlog?.();
  }

  connections(): Iterable<Connection<AnySeat>> {
    return this.#sockets;
  }

  *sockets(): Iterable<Socket<AnySeat>> {
    yield* this.#sockets;
  }

  broadcast(text: string, filter?: (connection: Connection<AnySeat>) => boolean): void {
    const frame = textFrame(text);
    for (const socket of this.#sockets) {
      if (filter === undefined || filter(socket)) socket.sendFrame(frame);
    }
  }

  admit(ticket: string, since: string | undefined) {
    return this.#run(this.#room.admit(ticket, since));
  }

  join(
    socket: Socket<AnySeat>,
    admission: Awaited<ReturnType<Room<AnySeat>['admit']>> & { ok: true },
  ): void {
    this.#sockets.add(socket);
    this.#room.connect(socket, admission);
  }

  push(socket: Socket<AnySeat>, text: string): void {
    socket.waits();
    if (this.#inbox.push({ socket, text }) === 1) this.#wake(this);
  }

  /** Answers once what the room wrote for it is durable. */
  async publish(events: readonly unknown[]): Promise<PublishAnswer[]> {
    const answers = await this.#run(this.#room.publish(events));
    for (const answer of answers) if (!answer.ok) this.#tally.rejected(answer.code);
    await this.#durable();
    return answers;
  }

  alarm(): Promise<void> {
    // That it rang is stored, some time.
    this.#wroteLazily();
    return this.#run(this.#room.alarm());
  }

  owes(socket: Socket<AnySeat>): void {
    if (this.#owed.add(socket).size === 1) this.#wake(this);
  }

  closed(socket: Socket<AnySeat>, reason: CloseReason | undefined): void {
    if (reason !== undefined) this.#tally.closes.add(reason);
    this.#sockets.delete(socket);
    this.#ended.push(socket);
    this.#wake(this);
  }

  /** First half of a tick: what arrived, in order, at most so many frames. */
  handle(limit: number): void {
    this.lastUsed = performance.now();
    const inbox = this.#inbox;
    this.#inbox = inbox.length > limit ? inbox.splice(limit) : [];
    this.#heard = inbox.length;
    for (const { socket, text } of inbox) {
      socket.heard();
      // What came behind the frame that closed it is not heard.
      if (socket.open) this.#guard(socket, () => this.#room.receive(socket, text));
    }
    const ended = this.#ended;
    this.#ended = [];
    for (const socket of ended) this.#guard(socket, () => this.#room.disconnect(socket));
  }

  /** Second half, after the commit: everything leaves, and a crowd's room rests for a moment. */
  flush(joiner: Joiner, maxBuffered: number): void {
    this.awake = false;
    const owed = this.#owed;
    this.#owed = new Set();
    for (const socket of owed) socket.flush(joiner, maxBuffered, this.#tally);
    for (const gate of this.#gates.splice(0)) gate.open();
    const rest = restAfter({ writes: owed.size, frames: this.#heard });
    if (rest > 0) this.restUntil = performance.now() + rest;
    if (this.#inbox.length > 0) this.#wake(this);
  }

  /** The commit failed: nothing leaves, and the room is started anew from what is stored. */
  fail(error: unknown, joiner: Joiner): void {
    this.dropped = true;
    this.awake = false;
    for (const socket of this.#owed) socket.discard();
    for (const socket of this.#sockets) {
      socket.discard();
      socket.close('unavailable');
    }
    for (const socket of this.#owed) socket.flush(joiner, Infinity, this.#tally);
    for (const gate of this.#gates.splice(0)) gate.fail(error);
  }

  #durable(): Promise<void> {
    if (this.dropped)
      return Promise.reject(new Error('The room could not store what it was given.'));
    if (!this.dirty) return Promise.resolve();
    return new Promise((open, fail) => {
      this.#gates.push({ open, fail });
      this.#wake(this);
    });
  }

  #wrote(): void {
    this.dirty = true;
    this.#wake(this);
  }

  #wroteWhen(when: 'soon' | undefined): void {
    if (when === 'soon') this.#wroteLazily();
    else this.#wrote();
  }

  #wroteLazily(): void {
    if (this.#lazy) return;
    this.#lazy = true;
    this.#wakeLater(this);
  }

  #storageIn(database: RoomDatabase): Storage {
    return {
      ...database.storageOf(this.key),
      put: (key, value, when) => {
        if (this.dropped) return;
        database.write(this.key, key, JSON.stringify(value));
        this.#wroteWhen(when);
      },
      delete: (key, when) => {
        if (this.dropped) return;
        database.write(this.key, key, undefined);
        this.#wroteWhen(when);
      },
    };
  }

  async #run<T>(work: Promise<T>): Promise<T> {
    this.#running += 1;
    try {
      return await work;
    } finally {
      this.#running -= 1;
      this.lastUsed = performance.now();
    }
  }

  /** A bug in the handling of one frame is logged, and the room goes on. */
  #guard(socket: Socket<AnySeat>, work: () => void | Promise<void>): void {
    const report = (error: unknown) => {
      const who = { connection: socket.id, userId: socket.state.ticket.user.id };
      this.log.error({ ...who, error }, 'a room failed at an event');
    };
    try {
      const going = work();
      if (going !== undefined) this.#run(going).catch(report);
    } catch (error) {
      report(error);
    }
  }
}
