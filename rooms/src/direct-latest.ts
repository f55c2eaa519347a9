import { compareSnowflakes, type Snowflake } from '@harmonium/api/ids';
import type { Storage } from './host.ts';

/** Conversations of which it is kept; the ones written in longest ago give way. */
const MAX_KEPT = 1_000;

export interface Latest {
  channelId: Snowflake;
  messageId: Snowflake;
  authorId: Snowflake;
}

/** The youngest message of each direct conversation, so that a device that was away hears of it. */
export class DirectLatest {
  readonly #storage: Storage;
  readonly #latest = new Map<Snowflake, Latest>();

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  async start(): Promise<void> {
    const stored = await this.#storage.list({ prefix: 'direct/' });
    const known = stored.map(([, value]) => value as Latest); // Written below.
    known.sort((one, other) => compareSnowflakes(one.messageId, other.messageId));
    for (const latest of known) this.#latest.set(latest.channelId, latest);
  }

  [Symbol.iterator](): Iterator<Latest> {
    return this.#latest.values();
  }

  /** False when it is older than what is known. */
  set({ channelId, messageId, authorId }: Latest): boolean {
    const known = this.#latest.get(channelId);
    if (known !== undefined && compareSnowflakes(messageId, known.messageId) <= 0) return false;
    this.#latest.delete(channelId);
    const latest = { channelId, messageId, authorId };
    this.#latest.set(channelId, latest);
    this.#storage.put(`direct/${channelId}`, latest);
    const [oldest] = this.#latest.keys();
    if (this.#latest.size > MAX_KEPT && oldest !== undefined) this.forget(oldest);
    return true;
  }

  forget(channelId: Snowflake): void {
    if (this.#latest.delete(channelId)) this.#storage.delete(`direct/${channelId}`);
  }
}
