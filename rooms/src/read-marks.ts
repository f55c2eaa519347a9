import type { Snowflake } from '@harmonium/api/ids';
import { MAX_READ_MARKS, type ReadMark } from '@harmonium/api/internal';
import type { Storage } from './host.ts';

/**
 * How far a user has read each channel: the last word counts, also when it goes back. The channels
 * marked longest ago give way.
 */
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

  get all(): ReadMark[] {
    return [...this.#marks].map(([channelId, messageId]) => ({ channelId, messageId }));
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
    const [oldest] = this.#marks.keys();
    if (this.#marks.size > MAX_READ_MARKS && oldest !== undefined) this.forget(oldest);
    return true;
  }

  /** What api has stored, where nothing is known here. */
  learn(marks: readonly ReadMark[]): ReadMark[] {
    const news = marks.filter(({ channelId }) => !this.#marks.has(channelId));
    for (const { channelId, messageId } of news) this.set(channelId, messageId);
    return news;
  }

  forget(channelId: Snowflake): void {
    if (this.#marks.delete(channelId)) this.#storage.delete(`read/${channelId}`);
  }
}
