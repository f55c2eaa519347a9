/** How much somebody may do: `burst` at once, then `perSecond`. */
export interface Allowance {
  burst: number;
  perSecond: number;
}

interface Level {
  left: number;
  at: number;
}

/** More keys than this are swept of those that are full again. */
const SWEEP_SIZE = 10_000;

/** Token buckets by key. */
export class Buckets {
  readonly #allowance: Allowance;
  readonly #levels = new Map<string, Level>();

  constructor(allowance: Allowance) {
    this.#allowance = allowance;
  }

  /** Takes one token; answers 0, or the seconds until there is one. */
  take(key: string, now: number): number {
    const { burst, perSecond } = this.#allowance;
    const level = this.#levels.get(key) ?? { left: burst, at: now };
    // A clock that jumped back gives nothing and takes nothing.
    const elapsed = Math.max(0, now - level.at) / 1000;
    const left = Math.min(burst, level.left + elapsed * perSecond);
    if (left < 1) {
      this.#levels.set(key, { left, at: now });
      return (1 - left) / perSecond;
    }
    if (this.#levels.size >= SWEEP_SIZE) this.#sweep(now);
    this.#levels.set(key, { left: left - 1, at: now });
    return 0;
  }

  forget(key: string): void {
    this.#levels.delete(key);
  }

  #sweep(now: number): void {
    const { burst, perSecond } = this.#allowance;
    for (const [key, level] of this.#levels) {
      if (level.left + ((now - level.at) / 1000) * perSecond >= burst) this.#levels.delete(key);
    }
  }
}
