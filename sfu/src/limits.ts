/** Requests a peer may save up; joining a call of 300 consumes and resumes 600 times. */
export const REQUEST_BURST = 1_000;
/** Requests a second that a peer earns. */
export const REQUESTS_PER_SECOND = 100;
/** Requests of one peer that wait for an answer. */
export const MAX_WAITING_REQUESTS = 1_000;
/** One of each source. */
export const MAX_PRODUCERS = 4;
export const MAX_CONSUMERS = 1_500;
/** Calls that one user may wait at; the one waited at for longest gives way. */
export const MAX_WAITING_PER_USER = 2;
export const MAX_PEERS_PER_CALL = 1_000;
/** So long one may try the way of a call. */
export const MAX_TEST_MS = 60_000;

/** Lets through `burst` at once and `perSecond` for ever. */
export class Allowance {
  #left: number;
  #at: number;
  readonly #burst: number;
  readonly #perSecond: number;
  readonly #now: () => number;
  constructor(options: { burst: number; perSecond: number; now: () => number }) {
    this.#burst = options.burst;
    this.#perSecond = options.perSecond;
    this.#now = options.now;
    this.#left = options.burst;
    this.#at = options.now();
  }

  /** False when there is nothing left to take. */
  take(): boolean {
    const now = this.#now();
    // A clock set back earns nothing and costs nothing.
    const earned = (Math.max(0, now - this.#at) / 1000) * this.#perSecond;
    this.#left = Math.min(this.#burst, this.#left + earned);
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
