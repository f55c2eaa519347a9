import type { Message } from '@harmonium/api/message';
import { MAX_NAMINGS, type Naming, type RoomPublisher } from '../contract/publish.ts';
import type { Log } from './host.ts';

const INTERVAL_MS = 1_000;
/** Failures after which those who were named are not told of it any more. */
const MAX_FAILURES = 5;

/**
 * Tells the server's room that somebody wrote: the first message at once, then at most once a
 * second the youngest, with all that name somebody. Those are kept until they are told, or until
 * telling has failed several times; the rest is best effort.
 */
export class Activity {
  readonly #rooms: RoomPublisher;
  readonly #log: Log;
  readonly #now: () => number;
  readonly #wake: (at: number) => void;
  #next: { serverId: string; message: Message } | undefined;
  /** Not told yet, oldest first. */
  #namings: Naming[] = [];
  #failures = 0;
  #openAt = 0;
  #busy = false;

  /** @param options.wake asks for a call of `tell` then */
  constructor(options: {
    rooms: RoomPublisher;
    log: Log;
    now: () => number;
    wake: (at: number) => void;
  }) {
    this.#rooms = options.rooms;
    this.#log = options.log;
    this.#now = options.now;
    this.#wake = options.wake;
  }

  wrote(serverId: string, message: Message, naming?: Naming): void {
    const isFirst = this.#next === undefined;
    this.#next = { serverId, message };
    if (naming !== undefined) this.#namings = [...this.#namings, naming].slice(-MAX_NAMINGS);
    if (!isFirst || this.#busy) return;
    const now = this.#now();
    const isEarly = now < this.#openAt && this.#openAt - now <= INTERVAL_MS;
    if (isEarly) this.#wake(this.#openAt);
    // In a microtask: a tick of many messages is told once.
    else queueMicrotask(() => void this.tell());
  }

  async tell(): Promise<void> {
    if (this.#next === undefined || this.#busy) return;
    const telling = this.#next;
    const namings = this.#namings;
    this.#next = undefined;
    this.#namings = [];
    this.#busy = true;
    try {
      const told = activityOf(telling.message, namings);
      await this.#rooms.publish('server', telling.serverId, [told]);
      this.#failures = 0;
    } catch (error) {
      this.#log.debug({ error }, 'activity was not told');
      this.#failed(telling, namings);
    }
    this.#busy = false;
    this.#openAt = this.#now() + INTERVAL_MS;
    if (this.#next !== undefined) this.#wake(this.#openAt);
  }

  #failed(telling: { serverId: string; message: Message }, namings: readonly Naming[]): void {
    this.#failures += 1;
    if (namings.length === 0 || this.#failures >= MAX_FAILURES) {
      this.#failures = 0;
      return;
    }
    this.#namings = [...namings, ...this.#namings].slice(-MAX_NAMINGS);
    this.#next ??= telling;
  }
}

function activityOf(message: Message, namings: Naming[]) {
  return {
    type: 'activity' as const,
    channelId: message.channelId,
    messageId: message.id,
    authorId: message.author.id,
    namings,
  };
}
