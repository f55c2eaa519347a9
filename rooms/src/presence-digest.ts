import type { Presence } from '../contract/presence.ts';

const DIGEST_INTERVAL_MS = 1_000;

/**
 * Changes of presence on their way to everyone: the first is told at once, and what follows within
 * a second together, each person as they are then. Thousands who come at once are a few frames.
 */
export class PresenceDigest {
  readonly #waiting = new Map<string, Presence>();
  #openAt = 0;

  /** What is to be told now. */
  add(presence: Presence, now: number): Presence[] {
    this.#waiting.set(presence.userId, presence);
    return this.take(now);
  }

  /** Everything that waits, unless it is too early. */
  take(now: number): Presence[] {
    // A clock that jumped back must hold nothing up for longer than the interval.
    const isEarly = now < this.#openAt && this.#openAt - now <= DIGEST_INTERVAL_MS;
    if (isEarly || this.#waiting.size === 0) return [];
    this.#openAt = now + DIGEST_INTERVAL_MS;
    const told = [...this.#waiting.values()];
    this.#waiting.clear();
    return told;
  }

  /** Nothing waits any more. */
  clear(): void {
    this.#waiting.clear();
  }

  /** When to take next; undefined: nothing waits. */
  get at(): number | undefined {
    return this.#waiting.size === 0 ? undefined : this.#openAt;
  }
}
