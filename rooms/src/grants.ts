import type { Storage } from './host.ts';
import { outlived } from './outlived.ts';

/** A ticket issued this soon after a change may have been read before it. */
const DOUBT_S = 5;

interface Grant<T> {
  at: number;
  value: T;
}

/**
 * What changed for a user after a ticket was issued: the ticket still names what was, and would
 * bring it back at the next reconnect. Kept at least as long as such a ticket could live.
 */
export class Grants<T> {
  readonly #storage: Storage;
  readonly #grants = new Map<string, Grant<T>>();

  readonly #prefix: string;

  /** @param prefix of its keys; another for each kind of grant that a room keeps */
  constructor(storage: Storage, prefix = 'grant/') {
    this.#storage = storage;
    this.#prefix = prefix;
  }

  async start(now: number): Promise<void> {
    for (const [key, value] of await this.#storage.list({ prefix: this.#prefix })) {
      this.#grants.set(key, value as Grant<T>); // Written below.
    }
    this.#sweep(now);
  }

  set(userId: string, value: T, now: number): void {
    const grant = { at: Math.floor(now / 1000), value };
    this.#grants.set(this.#prefix + userId, grant);
    this.#storage.put(this.#prefix + userId, grant);
    this.#sweep(now);
  }

  /** What holds for a ticket of this second, when it differs from what the ticket says. */
  since(userId: string, issuedAt: number): T | undefined {
    const grant = this.#grants.get(this.#prefix + userId);
    return grant !== undefined && issuedAt <= grant.at + DOUBT_S ? grant.value : undefined;
  }

  /** Later tickets are believed: nothing is left of what the user was. */
  forget(userId: string): void {
    if (this.#grants.delete(this.#prefix + userId)) this.#storage.delete(this.#prefix + userId);
  }

  #sweep(now: number): void {
    for (const key of outlived(this.#grants, now)) {
      this.#grants.delete(key);
      this.#storage.delete(key);
    }
  }
}
