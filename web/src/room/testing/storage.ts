import type { OutboxStorage } from '../outbox.ts';

/** A browser's storage in memory; `full` refuses to take more. */
export class MemoryStorage implements OutboxStorage {
  full = false;
  #items = new Map<string, string>();
  getItem(key: string): string | null {
    return this.#items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    if (this.full) throw new DOMException('full', 'QuotaExceededError');
    this.#items.set(key, value);
  }
  removeItem(key: string): void {
    this.#items.delete(key);
  }
}
