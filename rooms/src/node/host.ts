import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { isSnowflake } from '@harmonium/api/ids';
import type { ServiceTokens } from '@harmonium/api/service-token';
import type { TicketKeys } from '@harmonium/api/ticket';
import type { Registry } from 'prom-client';
import { WebSocketServer, type WebSocket } from 'ws';
import type { CloseReason } from '../../contract/close-codes.ts';
import { DEAD_AFTER_MS, MAX_FRAME_BYTES } from '../../contract/limits.ts';
import type { Party, RoomPublisher } from '../../contract/publish.ts';
import { createRoom, type AnySeat } from '../create-room.ts';
import type { Log } from '../host.ts';
import type { RoomsApi } from '../rooms-api.ts';
import { answerAsleep } from '../undrained.ts';
import { AlarmClock } from './alarm-clock.ts';
import { RoomDatabase } from './database.ts';
import { LiveRoom } from './live-room.ts';
import { RoomsMetrics } from './metrics.ts';
import { answerPublish } from './publish-request.ts';
import { parseRoomUrl } from './room-url.ts';
import { framesATick } from './share.ts';
import { endSocket, Socket } from './socket.ts';
import { Turns } from './turns.ts';
import { Joiner } from './wire.ts';

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
/** Frames that a socket may send before it is admitted. */
const MAX_EARLY_FRAMES = 32;
/** Over this, ws cuts the frame before it is in memory; below, the room's own close code tells. */
const MAX_PAYLOAD_BYTES = 256 * 1024;
const CLOSE_TIMEOUT_MS = 2_000;
const DRAIN_WITHIN_MS = 3_000;
/** An outbox that rings later waits for an api that is away. */
const DRAINS_SOON_MS = 200;
const ALARM_RETRY_MS = 10_000;
/** What may wait for another's commit waits no longer than this. */
const SOON_MS = 2_000;

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
  readonly #maxBuffered: number;
  readonly #database: RoomDatabase;
  readonly #rooms = new Map<string, LiveRoom>();
  readonly #server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_PAYLOAD_BYTES,
    clientTracking: false,
  });
  readonly #clock: AlarmClock;
  readonly #metrics: RoomsMetrics;
  readonly #joiner = new Joiner();
  readonly #sweeper: NodeJS.Timeout;
  readonly #waiting = new Set<WebSocket>();
  /** Rooms that wrote what may wait. */
  readonly #lazy = new Set<LiveRoom>();
  #lazyTimer: NodeJS.Timeout | undefined;
  readonly #turns = new Turns<LiveRoom>(() => this.#tick());
  #closed = false;
  #ticks = 0;
  #frames = 0;
  #admitted = 0;

  constructor(options: NodeHostOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#metrics = new RoomsMetrics({ rooms: () => this.#rooms.values(), now: this.#now });
    this.#maxBuffered = options.maxBufferedBytes ?? 1024 * 1024;
    this.#database = new RoomDatabase(options.dataDir, options.maxStoragePages);
    this.#clock = new AlarmClock(this.#now, (room) => void this.#ring(room));
    for (const { room, at } of this.#database.alarms()) this.#clock.set(room, at);
    const deadAfter = options.deadAfterMs ?? DEAD_AFTER_MS;
    this.#sweeper = setInterval(() => this.#sweep(), deadAfter / SWEEPS_TO_DEATH);
    this.#sweeper.unref();
  }

  handleUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    // http took its own listener away; a line that breaks now would end the process.
    stream.on('error', ignore);
    const url = parseRoomUrl(request.url);
    if (url === undefined || this.#closed) {
      stream.end(`HTTP/1.1 ${this.#closed ? 503 : 404} Refused\r\nConnection: close\r\n\r\n`);
      return;
    }
    this.#server.handleUpgrade(request, stream, head, (ws) => void this.#receive(ws, stream, url));
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
    return { rooms: this.#rooms.size, connections, ticks: this.#ticks, frames: this.#frames };
  }

  async metrics(): Promise<Registry> {
    return this.#metrics.registry;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#sweeper);
    clearTimeout(this.#lazyTimer);
    this.#finish();
    for (const room of this.#rooms.values()) {
      for (const socket of room.sockets()) {
        this.#waiting.add(socket.ws);
        socket.close('going_away');
      }
    }
    this.#finish();
    await this.#until(() => !this.#drains(), DRAIN_WITHIN_MS);
    this.#clock.stop();
    await this.#until(() => this.#quiet(), CLOSE_TIMEOUT_MS);
    for (const ws of this.#waiting) ws.terminate();
    this.#finish();
    for (const room of this.#rooms.values()) room.dropped = true;
    this.#database.close();
  }

  async #until(isSo: () => boolean, withinMs: number): Promise<void> {
    const deadline = performance.now() + withinMs;
    while (!isSo() && performance.now() < deadline) {
      this.#hurry();
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

  #quiet(): boolean {
    const open = [...this.#waiting].some((ws) => ws.readyState !== ws.CLOSED);
    return !open && [...this.#rooms.values()].every((room) => room.idle);
  }

  /** From handshake to seat. What the client says meanwhile waits. */
  async #receive(
    ws: WebSocket,
    stream: Duplex,
    url: NonNullable<ReturnType<typeof parseRoomUrl>>,
  ): Promise<void> {
    const early: string[] = [];
    let socket: Socket<AnySeat> | undefined;
    let room: LiveRoom | undefined;
    const tally = this.#metrics.of(url.party);
    const refuse = (reason: CloseReason) => {
      tally.refusals.add(reason);
      endSocket(ws, reason);
    };
    ws.on('error', ignore); // Told again by 'close'.
    ws.on('close', () => socket?.lost());
    ws.on('ping', () => {
      if (socket !== undefined) socket.silent = 0;
    });
    ws.on('message', (data: Buffer, isBinary) => {
      const bad = isBinary || data.length > MAX_FRAME_BYTES;
      if (socket === undefined || room === undefined) {
        if (bad || early.push(data.toString()) > MAX_EARLY_FRAMES) refuse('bad_frame');
        return;
      }
      socket.silent = 0;
      this.#frames += 1;
      tally.framesIn += 1;
      if (bad) socket.close('bad_frame');
      else if (socket.open) room.push(socket, data.toString());
    });

    try {
      const live = await this.#open(url.party, url.roomId);
      const admission = await live.admit(url.ticket, url.since);
      if (ws.readyState !== ws.OPEN) return;
      if (live.dropped || this.#closed) return refuse('going_away');
      if (!admission.ok) return refuse(admission.reason);
      this.#admitted += 1;
      tally.admitted += 1;
      const seat = { id: String(this.#admitted), state: admission.state, ws, stream, events: live };
      room = live;
      socket = new Socket<AnySeat>(seat);
      live.join(socket, admission);
      for (const text of early) live.push(socket, text);
    } catch (error) {
      const place = { party: url.party, room: url.roomId };
      this.#options.log.error({ ...place, error }, 'a socket could not be let in');
      refuse('unavailable');
    }
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
      wake: (room) => this.#wake(room),
      wakeLater: (room) => this.#wakeLater(room),
      setAlarm: (at) => {
        this.#clock.set(key, at);
        return this.#database.setAlarm(key, at);
      },
      create: (host, durable) =>
        createRoom(party, host, {
          tickets,
          api: behindGate(api, durable),
          rateLimitScale,
          random: Math.random,
          meter: tally,
        }),
    });
  }

  #wake(room: LiveRoom): void {
    if (room.awake) return;
    room.awake = true;
    this.#turns.add(room);
  }

  #wakeLater(room: LiveRoom): void {
    this.#lazy.add(room);
    if (this.#lazyTimer !== undefined) return;
    this.#lazyTimer = setTimeout(() => {
      this.#lazyTimer = undefined;
      this.#hurry();
    }, SOON_MS);
    this.#lazyTimer.unref();
  }

  #hurry(): void {
    for (const room of this.#lazy) room.hurry();
  }

  #tick(): void {
    const rooms = this.#turns.take();
    if (rooms.length === 0) return;
    this.#run(rooms, (room) => framesATick(room.size));
  }

  /** Everything that has arrived, however much it is. */
  #finish(): void {
    this.#hurry();
    for (;;) {
      const rooms = this.#turns.takeAll();
      if (rooms.length === 0) return;
      this.#run(rooms, () => Infinity);
    }
  }

  #run(rooms: readonly LiveRoom[], frames: (room: LiveRoom) => number): void {
    this.#ticks += 1;
    const started = performance.now();
    for (const room of rooms) room.handle(frames(room));
    try {
      if (rooms.some(({ dirty }) => dirty)) this.#commit(rooms);
      for (const room of rooms) room.flush(this.#joiner, this.#maxBuffered);
    } catch (error) {
      this.#refuse(rooms, error);
    }
    this.#joiner.clear();
    this.#metrics.ticked(performance.now() - started);
  }

  #commit(rooms: readonly LiveRoom[]): void {
    const started = performance.now();
    this.#database.commit();
    for (const room of rooms) room.committed();
    for (const room of this.#lazy) room.committed();
    this.#lazy.clear();
    this.#metrics.committed(performance.now() - started);
  }

  /** Also rooms that were not in the tick may have written, and lost it. */
  #refuse(ticked: readonly LiveRoom[], error: unknown): void {
    this.#metrics.storageFailed();
    this.#options.log.error({ error }, 'the storage of the rooms does not take what it is given');
    const others = this.#turns.takeAll();
    const wrote = [...ticked, ...others, ...this.#lazy].filter((room) => room.wrote);
    this.#lazy.clear();
    for (const room of new Set(wrote)) {
      this.#drop(room);
      room.fail(error, this.#joiner);
    }
    for (const room of ticked) if (!room.dropped) room.flush(this.#joiner, this.#maxBuffered);
    for (const room of others) if (!room.dropped) this.#turns.add(room);
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

/** The output gate holds towards api, too: it is given nothing that a crash could still take back. */
function behindGate(api: RoomsApi, durable: () => Promise<void>): RoomsApi {
  return {
    async storeOutbox(channelId, entries) {
      await durable();
      return api.storeOutbox(channelId, entries);
    },
    structure: (serverId) => api.structure(serverId),
    message: (channelId, id) => api.message(channelId, id),
    members: (serverId, userIds) => api.members(serverId, userIds),
    history: (channelId, limit) => api.history(channelId, limit),
    reactions: (channelId, id) => api.reactions(channelId, id),
    permissions: (channelId, userIds) => api.permissions(channelId, userIds),
    friends: (userId) => api.friends(userId),
    latest: (serverId) => api.latest(serverId),
    reading: (userId) => api.reading(userId),
    async storeMarks(userId, marks) {
      await durable();
      return api.storeMarks(userId, marks);
    },
  };
}

/** One for all sockets: a function made for each would keep its upgrade, ticket and all, in memory. */
function ignore(): void {}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
