import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { isSnowflake } from '@harmonium/api/ids';
import type { ServiceTokens } from '@harmonium/api/service-token';
import type { TicketKeys } from '@harmonium/api/ticket';
import type { Registry } from 'prom-client';
import type { WebSocket } from 'ws';
import { DEAD_AFTER_MS } from '../../contract/limits.ts';
import type { Party, RoomPublisher } from '../../contract/publish.ts';
import { createRoom } from '../create-room.ts';
import type { Log } from '../host.ts';
import type { RoomsApi } from '../rooms-api.ts';
import { answerAsleep } from '../undrained.ts';
import { AlarmClock } from './alarm-clock.ts';
import { RoomDatabase } from './database.ts';
import { durableApi } from './durable-api.ts';
import { Entrance } from './entrance.ts';
import { LiveRoom } from './live-room.ts';
import { RoomsMetrics } from './metrics.ts';
import { answerPublish } from './publish-request.ts';
import { Ticks } from './ticks.ts';

export interface NodeHostOptions {
  /** Where the rooms' storage lies; owned by one process at a time, else FolderTaken is thrown. */
  dataDir: string;
  tickets: TicketKeys;
  serviceTokens: ServiceTokens;
  api: RoomsApi;
  log: Log;
  now?: () => number;
  /** How rooms reach other rooms; absent: they are all in this process. */
  rooms?: RoomPublisher;
  /** Multiplies flood limits. */
  rateLimitScale?: number;
  /** Bytes a socket may be behind before it is closed `too_slow`. */
  maxBufferedBytes?: number;
  /** Silence after which a socket is closed `timed_out`, in milliseconds. */
  deadAfterMs?: number;
  /** Bound of the storage in pages of 4 KB; absent: the disk. */
  maxStoragePages?: number;
  /** A room without connections is forgotten after this long, in milliseconds. */
  idleAfterMs?: number;
}

export interface NodeHostStats {
  rooms: number;
  connections: number;
  ticks: number;
  frames: number;
}

export interface NodeHost {
  /** Reaches the rooms of this process. */
  publisher: RoomPublisher;
  /** For `upgrade` of an http server, when the path begins with `/parties/`. */
  handleUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void;
  /** For `POST /parties/<party>/<room>` with a service token. */
  handleRequest(request: IncomingMessage, response: ServerResponse): Promise<void>;
  stats(): NodeHostStats;
  /** What Prometheus is told of these rooms. */
  metrics(): Promise<Registry>;
  /**
   * Handles what has arrived, closes every socket with `going_away`, hands what api lacks to api as
   * long as it takes it, and closes the storage, which keeps the rest.
   */
  close(): Promise<void>;
}

const SWEEPS_TO_DEATH = 9;
const CLOSE_TIMEOUT_MS = 2_000;
const DRAIN_WITHIN_MS = 3_000;
/** An outbox that rings later waits for an api that is away. */
const DRAINS_SOON_MS = 200;
const ALARM_RETRY_MS = 10_000;

/** Runs rooms in this process: one tick, one commit, one write to each socket. */
export function createNodeHost(options: NodeHostOptions): NodeHost {
  return new TickingHost(options);
}

class TickingHost implements NodeHost {
  readonly publisher: RoomPublisher = {
    publish: async (party, roomId, events) =>
      (await this.#answerAsleep(`${party}/${roomId}`, events)) ??
      (await this.#open(party, roomId)).publish(events),
  };
  readonly #options: NodeHostOptions;
  readonly #now: () => number;
  readonly #database: RoomDatabase;
  readonly #rooms = new Map<string, LiveRoom>();
  readonly #clock: AlarmClock;
  readonly #metrics: RoomsMetrics;
  readonly #ticks: Ticks;
  readonly #entrance: Entrance;
  readonly #sweeper: NodeJS.Timeout;
  #closed = false;

  constructor(options: NodeHostOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#metrics = new RoomsMetrics({ rooms: () => this.#rooms.values(), now: this.#now });
    this.#database = new RoomDatabase(options.dataDir, options.maxStoragePages);
    this.#ticks = new Ticks({
      database: this.#database,
      metrics: this.#metrics,
      maxBufferedBytes: options.maxBufferedBytes ?? 1024 * 1024,
      log: options.log,
      drop: (room) => this.#drop(room),
    });
    this.#entrance = new Entrance({
      open: (party, roomId) => this.#open(party, roomId),
      isClosed: () => this.#closed,
      metrics: this.#metrics,
      log: options.log,
    });
    this.#clock = new AlarmClock(this.#now, (room) => void this.#ring(room));
    for (const { room, at } of this.#database.alarms()) this.#clock.set(room, at);
    const deadAfter = options.deadAfterMs ?? DEAD_AFTER_MS;
    this.#sweeper = setInterval(() => this.#sweep(), deadAfter / SWEEPS_TO_DEATH);
    this.#sweeper.unref();
  }

  handleUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    this.#entrance.upgrade(request, stream, head);
  }

  async handleRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await answerPublish(request, response, {
      tokens: this.#options.serviceTokens,
      publisher: this.publisher,
      log: this.#options.log,
    });
  }

  stats(): NodeHostStats {
    let connections = 0;
    for (const room of this.#rooms.values()) connections += room.size;
    const { count: ticks } = this.#ticks;
    return { rooms: this.#rooms.size, connections, ticks, frames: this.#entrance.frames };
  }

  async metrics(): Promise<Registry> {
    return this.#metrics.registry;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#sweeper);
    this.#ticks.stop();
    this.#ticks.finish();
    const open = this.#sendAway();
    this.#ticks.finish();
    await this.#until(() => !this.#drains(), DRAIN_WITHIN_MS);
    this.#clock.stop();
    await this.#until(() => open.every(isGone) && this.#isQuiet(), CLOSE_TIMEOUT_MS);
    for (const ws of open) ws.terminate();
    this.#ticks.finish();
    for (const room of this.#rooms.values()) room.dropped = true;
    this.#database.close();
  }

  /** Answers the sockets that are to hear of it. */
  #sendAway(): WebSocket[] {
    const told: WebSocket[] = [];
    for (const room of this.#rooms.values()) {
      for (const socket of room.sockets()) {
        socket.close('going_away');
        told.push(socket.ws);
      }
    }
    return told;
  }

  async #until(isSo: () => boolean, withinMs: number): Promise<void> {
    const deadline = performance.now() + withinMs;
    while (!isSo() && performance.now() < deadline) {
      this.#ticks.hurry();
      await pause(5);
    }
  }

  /** Whether some room has what api lacks, and api takes it. */
  #drains(): boolean {
    return [...this.#rooms.values()].some(
      (room) =>
        (room.backlog()?.events ?? 0) > 0 &&
        (room.running || this.#clock.ringsIn(room.key) < DRAINS_SOON_MS),
    );
  }

  #isQuiet(): boolean {
    return [...this.#rooms.values()].every((room) => room.idle);
  }

  async #open(party: Party, roomId: string): Promise<LiveRoom> {
    if (this.#closed) throw new Error('The rooms are closing.');
    if (!isSnowflake(roomId)) throw new TypeError('A room is named by a snowflake.');
    const key = `${party}/${roomId}`;
    let room = this.#rooms.get(key);
    if (room === undefined) {
      room = this.#create(party, roomId);
      this.#rooms.set(key, room);
    }
    try {
      await room.started;
      return room;
    } catch (error) {
      this.#drop(room);
      throw error;
    }
  }

  async #answerAsleep(key: string, events: readonly unknown[]) {
    if (this.#closed || this.#rooms.has(key)) return undefined;
    return answerAsleep(this.#database.storageOf(key), events);
  }

  #create(party: Party, id: string): LiveRoom {
    const { tickets, api, log, rooms = this.publisher, rateLimitScale = 1 } = this.#options;
    const key = `${party}/${id}`;
    const tally = this.#metrics.of(party);
    return new LiveRoom({
      party,
      id,
      database: this.#database,
      rooms,
      now: this.#now,
      log,
      tally,
      wake: (room) => this.#ticks.wake(room),
      wakeLater: (room) => this.#ticks.wakeLater(room),
      setAlarm: (at) => {
        this.#clock.set(key, at);
        return this.#database.setAlarm(key, at);
      },
      create: (host, durable) =>
        createRoom(party, host, {
          tickets,
          api: durableApi(api, durable),
          rateLimitScale,
          random: Math.random,
          meter: tally,
        }),
    });
  }

  #drop(room: LiveRoom): void {
    room.dropped = true;
    if (this.#rooms.get(room.key) === room) this.#rooms.delete(room.key);
  }

  async #ring(key: string): Promise<void> {
    // While it closes, others ring at the next start.
    if (this.#closed && !this.#rooms.has(key)) return;
    const [party = '', id = ''] = key.split('/');
    this.#database.setAlarm(key, undefined);
    try {
      // The key was made of a party.
      const room = this.#closed ? this.#rooms.get(key) : await this.#open(party as Party, id);
      if (room === undefined) return;
      await room.alarm();
    } catch (error) {
      if (this.#closed) return;
      this.#options.log.error({ error, party, room: id }, 'an alarm failed');
      this.#clock.set(key, this.#now() + ALARM_RETRY_MS);
    }
  }

  #sweep(): void {
    const idleAfter = this.#options.idleAfterMs ?? 60_000;
    const idleSince = performance.now() - idleAfter;
    for (const room of this.#rooms.values()) {
      for (const socket of room.sockets()) {
        socket.silent += 1;
        if (socket.silent >= SWEEPS_TO_DEATH) socket.close('timed_out');
      }
      if (room.idle && room.lastUsed < idleSince) this.#drop(room);
    }
  }
}

function isGone({ readyState, CLOSED }: WebSocket): boolean {
  return readyState === CLOSED;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
