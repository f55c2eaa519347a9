import type { Log } from './log.ts';
import type { MediaWorker } from './media.ts';

const FIRST_RESTART_MS = 100;
const LAST_RESTART_MS = 5_000;

/** The place of one worker process; the process in it may change. */
export interface WorkerSlot {
  readonly index: number;
  /** Undefined between the death of one process and the start of the next. */
  worker: MediaWorker | undefined;
  /** Peers and calls it carries. */
  load: number;
}

interface PoolOptions {
  count: number;
  start: (index: number) => Promise<MediaWorker>;
  /** A worker that had died is there again. */
  onRestarted?: (() => void) | undefined;
  log: Log;
}

/** The worker processes. One that dies is started again. */
export class WorkerPool {
  readonly #slots: WorkerSlot[];
  readonly #start: PoolOptions['start'];
  readonly #onRestarted: PoolOptions['onRestarted'];
  readonly #log: Log;
  readonly #onDied: ((slot: WorkerSlot) => void)[] = [];
  #closed = false;
  #deaths = 0;

  constructor(options: PoolOptions) {
    this.#start = options.start;
    this.#onRestarted = options.onRestarted;
    this.#log = options.log;
    this.#slots = Array.from({ length: options.count }, (_, index) => ({
      index,
      worker: undefined,
      load: 0,
    }));
  }

  /** Starts them all; throws when one cannot start, with none left running. */
  async open(): Promise<void> {
    try {
      await Promise.all(this.#slots.map(async (slot) => this.#fill(slot)));
    } catch (error) {
      this.close();
      throw error;
    }
  }

  get running(): number {
    return this.#slots.filter((slot) => slot.worker).length;
  }

  /** Processes that ended without being asked to. */
  get deaths(): number {
    return this.#deaths;
  }

  pids(): number[] {
    return this.#slots.flatMap((slot) => slot.worker?.pid ?? []);
  }

  /** The least busy worker that runs, of those that fit. */
  leastBusy(
    fits: (slot: WorkerSlot) => boolean,
  ): (WorkerSlot & { worker: MediaWorker }) | undefined {
    let best: WorkerSlot | undefined;
    for (const slot of this.#slots) {
      if (slot.worker && (best === undefined || slot.load < best.load) && fits(slot)) best = slot;
    }
    return best && isFilled(best) ? best : undefined;
  }

  /** Called with the slot of each worker that died, before the next one starts. */
  onDied(listener: (slot: WorkerSlot) => void): void {
    this.#onDied.push(listener);
  }

  close(): void {
    this.#closed = true;
    for (const slot of this.#slots) {
      slot.worker?.close();
      slot.worker = undefined;
    }
  }

  async #fill(slot: WorkerSlot): Promise<void> {
    const worker = await this.#start(slot.index);
    if (this.#closed) return worker.close();
    slot.worker = worker;
    slot.load = 0;
    worker.onDied(() => {
      if (this.#closed) return;
      this.#log.error('A voice worker died.', { worker: slot.index, pid: worker.pid });
      slot.worker = undefined;
      this.#deaths += 1;
      for (const listener of this.#onDied) listener(slot);
      void this.#refill(slot);
    });
  }

  async #refill(slot: WorkerSlot): Promise<void> {
    for (
      let delay = FIRST_RESTART_MS;
      !this.#closed;
      delay = Math.min(delay * 2, LAST_RESTART_MS)
    ) {
      await new Promise((resolve) => setTimeout(resolve, delay));
      try {
        await this.#fill(slot);
        this.#log.info('A voice worker started.', { worker: slot.index, pid: slot.worker?.pid });
        this.#onRestarted?.();
        return;
      } catch (error) {
        this.#log.error('A voice worker cannot be started again.', { worker: slot.index, error });
      }
    }
  }
}

function isFilled(slot: WorkerSlot): slot is WorkerSlot & { worker: MediaWorker } {
  return slot.worker !== undefined;
}
