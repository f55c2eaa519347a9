import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import { MAX_NAMINGS, type Naming, type RoomPublisher } from '../contract/publish.ts';
import { MAX_PURGE } from '../contract/server-event.ts';
import type { Log } from './host.ts';

const INTERVAL_MS = 1_000;
/** Failures after which those who were named are not told of it any more. */
const MAX_FAILURES = 5;

/** What waits to be told. */
interface Waiting {
  serverId: string;
  /** The youngest. */
  message?: Message;
  /** Removed: whoever they named is not named any more. */
  removed: readonly Snowflake[];
}

/**
 * Tells the server's room that somebody wrote: the first message at once, then at most once a
 * second the youngest, with all that name somebody, and those that were removed. These are kept
 * until they are told, or until telling has failed several times; the rest is best effort.
 */
export class Activity {
  readonly #channelId: Snowflake;
  readonly #rooms: RoomPublisher;
  readonly #log: Log;
  readonly #now: () => number;
  readonly #wake: (at: number) => void;
  #next: Waiting | undefined;
  /** Not told yet, oldest first. */
  #namings: Naming[] = [];
  #failures = 0;
  #openAt = 0;
  #busy = false;

  /** @param options.wake asks for a call of `tell` then */
  constructor(options: {
    channelId: Snowflake;
    rooms: RoomPublisher;
    log: Log;
    now: () => number;
    wake: (at: number) => void;
  }) {
    this.#channelId = options.channelId;
    this.#rooms = options.rooms;
    this.#log = options.log;
    this.#now = options.now;
    this.#wake = options.wake;
  }

  wrote(serverId: string, message: Message, naming?: Naming): void {
    if (naming !== undefined) this.#namings = [...this.#namings, naming].slice(-MAX_NAMINGS);
    this.#wait({ removed: [], ...this.#next, serverId, message });
  }

  removed(serverId: string, ids: readonly Snowflake[]): void {
    const removed = [...(this.#next?.removed ?? []), ...ids].slice(-MAX_PURGE);
    this.#wait({ ...this.#next, serverId, removed });
  }

  #wait(next: Waiting): void {
    const isFirst = this.#next === undefined;
    this.#next = next;
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
      await this.#rooms.publish('server', telling.serverId, this.#events(telling, namings));
      this.#failures = 0;
    } catch (error) {
      this.#log.debug({ error }, 'activity was not told');
      this.#failed(telling, namings);
    }
    this.#busy = false;
    this.#openAt = this.#now() + INTERVAL_MS;
    if (this.#next !== undefined) this.#wake(this.#openAt);
  }

  #events({ message, removed }: Waiting, namings: Naming[]) {
    const messageIds = [...removed];
    const unnamed = { type: 'unnamed' as const, channelId: this.#channelId, messageIds };
    return [
      ...(message === undefined ? [] : [activityOf(message, namings)]),
      // After it: what was written and removed within a second names nobody either.
      ...(removed.length === 0 ? [] : [unnamed]),
    ];
  }

  #failed(telling: Waiting, namings: readonly Naming[]): void {
    this.#failures += 1;
    if (namings.length + telling.removed.length === 0 || this.#failures >= MAX_FAILURES) {
      this.#failures = 0;
      return;
    }
    this.#namings = [...namings, ...this.#namings].slice(-MAX_NAMINGS);
    const removed = [...telling.removed, ...(this.#next?.removed ?? [])].slice(-MAX_PURGE);
    this.#next = { ...telling, ...this.#next, removed };
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
