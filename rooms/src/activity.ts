import type { Message } from '@harmonium/api/message';
import type { RoomPublisher } from '../contract/publish.ts';
import type { Log } from './host.ts';

const INTERVAL_MS = 1_000;

/**
 * Tells the server's room that somebody wrote: the first message at once, then at most once a
 * second the youngest. Best effort, and no more in memory than one message.
 */
export class Activity {
  readonly #rooms: RoomPublisher;
  readonly #log: Log;
  readonly #now: () => number;
  readonly #wake: (at: number) => void;
  #next: { serverId: string; message: Message } | undefined;
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

  wrote(serverId: string, message: Message): void {
    const isFirst = this.#next === undefined;
    this.#next = { serverId, message };
    if (!isFirst || this.#busy) return;
    const now = this.#now();
    const isEarly = now < this.#openAt && this.#openAt - now <= INTERVAL_MS;
    if (isEarly) this.#wake(this.#openAt);
    // In a microtask: a tick of many messages is told once.
    else queueMicrotask(() => void this.tell());
  }

  async tell(): Promise<void> {
    if (this.#next === undefined || this.#busy) return;
    const { serverId, message } = this.#next;
    this.#next = undefined;
    this.#busy = true;
    try {
      await this.#rooms.publish('server', serverId, [activityOf(message)]);
    } catch (error) {
      this.#log.debug({ error }, 'activity was not told');
    }
    this.#busy = false;
    this.#openAt = this.#now() + INTERVAL_MS;
    if (this.#next !== undefined) this.#wake(this.#openAt);
  }
}

function activityOf(message: Message) {
  return {
    type: 'activity' as const,
    channelId: message.channelId,
    messageId: message.id,
    authorId: message.author.id,
    namings: [],
  };
}
