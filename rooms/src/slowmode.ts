import type { Storage } from './host.ts';

/** The channel's slowmode: whoever knows it later is right, a publish or a fresh ticket. */
export class Slowmode {
  readonly #storage: Storage;
  #seconds = 0;
  /** Unix time in seconds. */
  #at = 0;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  async start(): Promise<void> {
    const stored = (await this.#storage.get('slowmode')) as
      | { seconds: number; at: number }
      | undefined;
    if (stored === undefined) return;
    this.#seconds = stored.seconds;
    this.#at = stored.at;
  }

  get seconds(): number {
    return this.#seconds;
  }

  set(seconds: number, now: number): void {
    this.#seconds = seconds;
    this.#at = Math.floor(now / 1000);
    this.#storage.put('slowmode', { seconds, at: this.#at });
  }

  learn(seconds: number, issuedAt: number): void {
    if (issuedAt <= this.#at) return;
    this.#seconds = seconds;
    this.#at = issuedAt;
  }
}
