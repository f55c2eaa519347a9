import type { CloseReason } from '../../contract/close-codes.ts';
import type { Party, PublishAnswer, RoomPublisher } from '../../contract/publish.ts';
import { createRoom, type AnySeat } from '../create-room.ts';
import type { RoomDeps } from '../deps.ts';
import { noMeter } from '../meter.ts';
import type { Connection, Host, Log, Room, Storage } from '../host.ts';
import { answerAsleep } from '../undrained.ts';
import { FakeStorage } from './fake-storage.ts';

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** What is written `soon` is durable once so much time has passed. */
const SOON_MS = 1_000;

/** The other side of a connection. */
export interface FakeGuest {
  received(text: string): void;
  closed(reason: CloseReason): void;
}

class FakeConnection implements Connection<AnySeat> {
  readonly id: string;
  state: AnySeat;
  readonly guest: FakeGuest;
  readonly #room: FakeRoom;
  open = true;

  constructor(id: string, state: AnySeat, guest: FakeGuest, room: FakeRoom) {
    this.id = id;
    this.state = state;
    this.guest = guest;
    this.#room = room;
  }

  setState(state: AnySeat): void {
    this.state = state;
  }

  send(text: string): void {
    if (this.open) this.#room.out(() => this.guest.received(text));
  }

  close(reason: CloseReason): void {
    if (!this.open) return;
    this.open = false;
    this.#room.out(() => this.guest.closed(reason));
    this.#room.ended(this);
  }
}

class FakeRoom implements Host<AnySeat> {
  readonly party: Party;
  readonly id: string;
  readonly storage: Storage;
  readonly #durable: FakeStorage;
  readonly rooms: RoomPublisher;
  readonly log = silentLog;
  readonly now: () => number;
  readonly room: Room<AnySeat>;
  readonly #connections = new Set<FakeConnection>();
  readonly #failed: () => void;
  alarmAt: number | undefined;
  #gate: (() => void)[] = [];
  #due = false;
  #dead = false;

  constructor(options: {
    party: Party;
    id: string;
    rooms: RoomPublisher;
    now: () => number;
    deps: RoomDeps;
    storage: FakeStorage;
    failed: () => void;
  }) {
    this.party = options.party;
    this.id = options.id;
    this.rooms = options.rooms;
    this.now = options.now;
    this.#durable = options.storage;
    this.storage = this.#whileAlive(options.storage);
    this.#failed = options.failed;
    this.room = createRoom(this.party, this as never, options.deps); // Gets back the seats it gave.
  }

  connections(): Iterable<FakeConnection> {
    return this.#connections;
  }

  broadcast(text: string, filter?: (connection: Connection<AnySeat>) => boolean): void {
    for (const connection of this.#connections) {
      if (filter === undefined || filter(connection)) connection.send(text);
    }
  }

  setAlarm(at: number | undefined): void {
    this.alarmAt = at;
  }

  add(id: string, state: AnySeat, guest: FakeGuest): FakeConnection {
    const connection = new FakeConnection(id, state, guest, this);
    this.#connections.add(connection);
    return connection;
  }

  ended(connection: FakeConnection): void {
    this.#connections.delete(connection);
    queueMicrotask(() => {
      if (!this.#dead) this.room.disconnect(connection);
    });
  }

  /** The output gate: nothing leaves before the commit at the end of the turn. */
  out(leave: () => void): void {
    this.#gate.push(leave);
    this.wake();
  }

  wake(): void {
    if (this.#due) return;
    this.#due = true;
    setImmediate(() => this.#turn());
  }

  /** The process is gone: what has not left never does. */
  kill(): void {
    this.#dead = true;
    this.#gate = [];
    for (const connection of this.#connections) connection.open = false;
  }

  /** What still runs in a dead process writes nothing. */
  #whileAlive(storage: FakeStorage): Storage {
    return {
      get: (key) => storage.get(key),
      list: (range) => storage.list(range),
      put: (key, value, when) => {
        if (!this.#dead) storage.put(key, value, when);
      },
      delete: (key, when) => {
        if (!this.#dead) storage.delete(key, when);
      },
    };
  }

  #turn(): void {
    this.#due = false;
    if (this.#dead) return;
    const gate = this.#gate;
    this.#gate = [];
    try {
      this.#durable.commit();
    } catch {
      const held = [...this.#connections];
      this.kill();
      for (const { guest } of held) guest.closed('unavailable');
      this.#failed();
      return;
    }
    for (const leave of gate) leave();
  }
}

/** Rooms of all kinds in memory, under a clock that only the test moves. */
export class FakeHost {
  now: number;
  readonly #deps: RoomDeps;
  readonly #rooms = new Map<string, Promise<FakeRoom>>();
  readonly #storages = new Map<string, FakeStorage>();
  #connections = 0;
  readonly publisher: RoomPublisher = {
    publish: async (party, roomId, events) => this.#publish(party, roomId, events),
  };

  constructor(deps: Omit<RoomDeps, 'random' | 'meter'>, now: number) {
    this.#deps = { ...deps, random: () => 0.5, meter: noMeter };
    this.now = now;
  }

  async connect(
    party: Party,
    id: string,
    ticket: string,
    since: string | undefined,
    guest: FakeGuest,
  ) {
    const room = await this.#room(party, id);
    const admission = await room.room.admit(ticket, since);
    if (!admission.ok) {
      guest.closed(admission.reason);
      return undefined;
    }
    this.#connections += 1;
    const connection = room.add(String(this.#connections), admission.state, guest);
    room.room.connect(connection, admission);
    return {
      send: (text: string) => {
        if (connection.open) void room.room.receive(connection, text);
      },
      leave: () => {
        if (!connection.open) return;
        connection.open = false;
        room.ended(connection);
      },
    };
  }

  /** Rooms that are in memory, as `party/id`. */
  get awake(): string[] {
    return [...this.#rooms.keys()];
  }

  storage(party: Party, id: string): FakeStorage {
    const key = `${party}/${id}`;
    let storage = this.#storages.get(key);
    if (storage === undefined) {
      storage = new FakeStorage(() => void this.#rooms.get(key)?.then((room) => room.wake()));
      this.#storages.set(key, storage);
    }
    return storage;
  }

  /** Moves the clock, and rings the alarms that come due on the way. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds;
    for (;;) {
      await settle();
      const rooms = await Promise.all(this.#rooms.values());
      const next = rooms
        .filter((room) => room.alarmAt !== undefined && room.alarmAt <= end)
        .sort((a, b) => (a.alarmAt ?? 0) - (b.alarmAt ?? 0))[0];
      if (next?.alarmAt === undefined) break;
      this.now = Math.max(this.now, next.alarmAt);
      next.alarmAt = undefined;
      await next.room.alarm();
    }
    this.now = end;
    // What was written `soon` has waited long enough.
    if (milliseconds >= SOON_MS)
      for (const room of await Promise.all(this.#rooms.values())) room.wake();
    await settle();
  }

  /** Sets the clock; timers under way take as long as before, as those of a process do. */
  async jump(milliseconds: number): Promise<void> {
    this.now += milliseconds;
    for (const room of await Promise.all(this.#rooms.values())) {
      if (room.alarmAt !== undefined) room.alarmAt += milliseconds;
    }
  }

  /** Kills the process and starts another on the same storage. */
  async restart(): Promise<void> {
    await settle();
    await this.crash();
  }

  /** The same while something is under way: what is not durable yet never was. */
  async crash(): Promise<void> {
    const rooms = await Promise.all(this.#rooms.values());
    this.#rooms.clear();
    for (const room of rooms) room.kill();
    for (const storage of this.#storages.values()) storage.forget();
    // A host wakes the rooms whose alarm was set, or had been: it rings too early at worst.
    for (const { party, id, alarmAt } of rooms) {
      if (alarmAt !== undefined) await (await this.#room(party, id)).room.alarm();
    }
  }

  /** Ends the process, and one room's storage with it. */
  async lose(party: Party, id: string): Promise<void> {
    await this.restart();
    this.#rooms.delete(`${party}/${id}`);
    this.#storages.delete(`${party}/${id}`);
  }

  async #publish(party: Party, id: string, events: readonly unknown[]): Promise<PublishAnswer[]> {
    if (!this.#rooms.has(`${party}/${id}`)) {
      const asleep = await answerAsleep(this.storage(party, id), events);
      if (asleep !== undefined) return asleep;
    }
    const room = await this.#room(party, id);
    const answers = await room.room.publish(events);
    await new Promise<void>((resolve) => {
      room.out(resolve);
    });
    return answers;
  }

  #room(party: Party, id: string): Promise<FakeRoom> {
    const key = `${party}/${id}`;
    let room = this.#rooms.get(key);
    if (room === undefined) {
      room = this.#start(party, id);
      this.#rooms.set(key, room);
    }
    return room;
  }

  async #start(party: Party, id: string): Promise<FakeRoom> {
    const room = new FakeRoom({
      party,
      id,
      rooms: this.publisher,
      now: () => this.now,
      deps: this.#deps,
      storage: this.storage(party, id),
      failed: () => this.#rooms.delete(`${party}/${id}`),
    });
    await room.room.start();
    room.wake();
    return room;
  }
}

/** Lets everything that is under way in the process come to rest. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
