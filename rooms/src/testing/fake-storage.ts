import type { Storage, StorageRange } from '../host.ts';

/** Storage in a map that outlives the room, with writes that wait for `commit`. */
export class FakeStorage implements Storage {
  readonly #durable = new Map<string, string>();
  #pending = new Map<string, string | undefined>();
  /** Makes the next commits fail, as a full disk would. */
  broken = false;
  readonly #wrote: () => void;

  constructor(wrote: () => void) {
    this.#wrote = wrote;
  }

  async get(key: string): Promise<unknown> {
    const text = this.#pending.has(key) ? this.#pending.get(key) : this.#durable.get(key);
    return text === undefined ? undefined : JSON.parse(text);
  }

  async list({ prefix, start, end, limit, reverse }: StorageRange): Promise<[string, unknown][]> {
    const all = new Map<string, string | undefined>([...this.#durable, ...this.#pending]);
    const rows = [...all]
      .filter((row): row is [string, string] => row[1] !== undefined && row[0].startsWith(prefix))
      .filter(([key]) => (start === undefined || key >= start) && (end === undefined || key < end))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    if (reverse === true) rows.reverse();
    return rows.slice(0, limit).map(([key, text]) => [key, JSON.parse(text)]);
  }

  put(key: string, value: unknown, when?: 'soon'): void {
    this.#pending.set(key, JSON.stringify(value));
    if (when !== 'soon') this.#wrote();
  }

  delete(key: string, when?: 'soon'): void {
    this.#pending.set(key, undefined);
    if (when !== 'soon') this.#wrote();
  }

  commit(): void {
    const pending = this.#pending;
    this.#pending = new Map();
    if (this.broken) throw new Error('no space left');
    for (const [key, text] of pending) {
      if (text === undefined) this.#durable.delete(key);
      else this.#durable.set(key, text);
    }
  }

  /** What was not committed is lost with its process. */
  forget(): void {
    this.#pending = new Map();
  }

  /** Everything that is durable, as text: for looking for what should not be there. */
  dump(): string {
    return JSON.stringify([...this.#durable]);
  }
}
