import { compareSnowflakes, type Snowflake } from '@harmonium/api/ids';
import type { ReadMark } from '@harmonium/api/internal';
import type { Storage } from './host.ts';

/**
 * The youngest message of each channel of a server: what is unread for whoever was away. Written
 * without a commit of its own; a crash may take back the last seconds, and the next message mends it.
 */
export class Latest {
  readonly #storage: Storage;
  readonly #latest = new Map<Snowflake, Snowflake>();

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  async start(): Promise<void> {
    for (const [key, value] of await this.#storage.list({ prefix: 'latest/' })) {
      this.#latest.set(key.slice('latest/'.length) as Snowflake, value as Snowflake); // Written below.
    }
  }

  /** Of these channels. */
  in(channelIds: ReadonlySet<Snowflake>): ReadMark[] {
    const known: ReadMark[] = [];
    for (const channelId of channelIds) {
      const messageId = this.#latest.get(channelId);
      if (messageId !== undefined) known.push({ channelId, messageId });
    }
    return known;
  }

  set({ channelId, messageId }: ReadMark): void {
    const known = this.#latest.get(channelId);
    if (known !== undefined && compareSnowflakes(messageId, known) <= 0) return;
    this.#latest.set(channelId, messageId);
    this.#storage.put(`latest/${channelId}`, messageId, 'soon');
  }

  /** What is of no channel any more. */
  keepOnly(channelIds: ReadonlySet<Snowflake>): void {
    for (const channelId of this.#latest.keys()) {
      if (channelIds.has(channelId)) continue;
      this.#latest.delete(channelId);
      this.#storage.delete(`latest/${channelId}`);
    }
  }
}
