import type { Storage } from './host.ts';
import { KEPT_EVENTS } from './event-log.ts';

type Row = [userId: string, nonce: string];

/** Which event a user's nonce led to, for the youngest KEPT_EVENTS events. */
export class Nonces {
  readonly #storage: Storage;
  readonly #seqs = new Map<string, number>();

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  async start(): Promise<void> {
    for (const [key, value] of await this.#storage.list({ prefix: 'nonce/' })) {
      const [userId, nonce] = value as Row; // Written below.
      this.#seqs.set(`${userId} ${nonce}`, Number(key.slice('nonce/'.length)));
    }
  }

  get(userId: string, nonce: string): number | undefined {
    return this.#seqs.get(`${userId} ${nonce}`);
  }

  add(userId: string, nonce: string, seq: number): void {
    this.#seqs.set(`${userId} ${nonce}`, seq);
    this.#storage.put(nonceKey(seq), [userId, nonce] satisfies Row);
    for (const [oldest, oldSeq] of this.#seqs) {
      if (oldSeq > seq - KEPT_EVENTS) break;
      this.#seqs.delete(oldest);
      this.#storage.delete(nonceKey(oldSeq));
    }
  }

  clear(): void {
    for (const seq of this.#seqs.values()) this.#storage.delete(nonceKey(seq));
    this.#seqs.clear();
  }
}

function nonceKey(seq: number): string {
  return `nonce/${String(seq).padStart(15, '0')}`;
}
