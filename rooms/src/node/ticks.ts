import type { Log } from '../host.ts';
import type { RoomDatabase } from './database.ts';
import type { LiveRoom } from './live-room.ts';
import type { RoomsMetrics } from './metrics.ts';
import { framesATick } from './share.ts';
import { Turns } from './turns.ts';
import { Joiner } from './wire.ts';

/** What may wait for another's commit waits no longer than this. */
const SOON_MS = 2_000;

interface TicksOptions {
  database: RoomDatabase;
  metrics: RoomsMetrics;
  /** Bytes a socket may be behind before it is closed `too_slow`. */
  maxBufferedBytes: number;
  log: Log;
  /** What the room wrote is lost: it is to be started anew. */
  drop: (room: LiveRoom) => void;
}

/**
 * One tick: of the rooms whose turn it is, all handle what arrived, one commit makes it durable, and
 * only then does what they said leave, in one write to each socket.
 */
export class Ticks {
  readonly #options: TicksOptions;
  readonly #turns = new Turns<LiveRoom>(() => this.#tick());
  readonly #joiner = new Joiner();
  /** Rooms that wrote what may wait. */
  readonly #lazy = new Set<LiveRoom>();
  #lazyTimer: NodeJS.Timeout | undefined;
  #count = 0;

  constructor(options: TicksOptions) {
    this.#options = options;
  }

  /** How many there were. */
  get count(): number {
    return this.#count;
  }

  /** The room is in one of the next ticks. */
  wake(room: LiveRoom): void {
    if (room.awake) return;
    room.awake = true;
    this.#turns.add(room);
  }

  /** What the room wrote may wait for another's commit. */
  wakeLater(room: LiveRoom): void {
    this.#lazy.add(room);
    if (this.#lazyTimer !== undefined) return;
    this.#lazyTimer = setTimeout(() => {
      this.#lazyTimer = undefined;
      this.hurry();
    }, SOON_MS);
    this.#lazyTimer.unref();
  }

  /** What may wait waits no longer. */
  hurry(): void {
    for (const room of this.#lazy) room.hurry();
  }

  /** At once everything that has arrived, however much it is. */
  finish(): void {
    this.hurry();
    for (;;) {
      const rooms = this.#turns.takeAll();
      if (rooms.length === 0) return;
      this.#run(rooms, () => Infinity);
    }
  }

  stop(): void {
    clearTimeout(this.#lazyTimer);
  }

  #tick(): void {
    const rooms = this.#turns.take();
    if (rooms.length === 0) return;
    this.#run(rooms, (room) => framesATick(room.size));
  }

  #run(rooms: readonly LiveRoom[], frames: (room: LiveRoom) => number): void {
    const { metrics } = this.#options;
    this.#count += 1;
    const started = performance.now();
    for (const room of rooms) room.handle(frames(room));
    try {
      if (rooms.some(({ dirty }) => dirty)) this.#commit(rooms);
      for (const room of rooms) this.#flush(room);
    } catch (error) {
      this.#refuse(rooms, error);
    }
    this.#joiner.clear();
    metrics.ticked(performance.now() - started);
  }

  #commit(rooms: readonly LiveRoom[]): void {
    const { database, metrics } = this.#options;
    const started = performance.now();
    database.commit();
    for (const room of rooms) room.committed();
    for (const room of this.#lazy) room.committed();
    this.#lazy.clear();
    metrics.committed(performance.now() - started);
  }

  /** Also rooms that were not in the tick may have written, and lost it. */
  #refuse(ticked: readonly LiveRoom[], error: unknown): void {
    const { metrics, log, drop } = this.#options;
    metrics.storageFailed();
    log.error({ error }, 'the storage of the rooms does not take what it is given');
    const others = this.#turns.takeAll();
    const wrote = [...ticked, ...others, ...this.#lazy].filter((room) => room.wrote);
    this.#lazy.clear();
    for (const room of new Set(wrote)) {
      drop(room);
      room.fail(error, this.#joiner);
    }
    for (const room of ticked) if (!room.dropped) this.#flush(room);
    for (const room of others) if (!room.dropped) this.#turns.add(room);
  }

  #flush(room: LiveRoom): void {
    room.flush(this.#joiner, this.#options.maxBufferedBytes);
  }
}
