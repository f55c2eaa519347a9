import type { Snowflake } from '@harmonium/api/ids';
import type { Storage } from './host.ts';

/** Channels whose marks are kept; the ones marked longest ago give way. */
const MAX_MARKS = 2_000;

/** How far a user has read each channel: the last word counts, also when it goes back. */
export class ReadMarks {
  readonly #storage: Storage;
  readonly #marks = new Map<Snowflake, Snowflake>();

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  async start(): Promise<void> {
    for (const [key, value] of await this.#storage.list({ prefix: 'read/' })) {
      this.#marks.set(key.slice('read/'.length) as Snowflake, value as Snowflake); // Written below.
    }
  }

  [Symbol.iterator](): Iterator<[channelId: Snowflake, messageId: Snowflake]> {
    return this.#marks.entries();
  }

  get(channelId: Snowflake): Snowflake | undefined {
    return this.#marks.get(channelId);
  }

  /** False when it was so already. */
  set(channelId: Snowflake, messageId: Snowflake): boolean {
    if (this.#marks.get(channelId) === messageId) return false;
    this.#marks.delete(channelId);
    this.#marks.set(channelId, messageId);
    this.#storage.put(`read/${channelId}`, messageId);
    if (this.#marks.size > MAX_MARKS) {
      const [oldest] = this.#marks.keys();
      if (oldest !== undefined) {
        this.#marks.delete(oldest);
        this.#storage.delete(`read/${oldest}`);
      }
    }
    return true;
  }
}
