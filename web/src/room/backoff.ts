export interface BackoffOptions {
  /** First wait, in milliseconds. */
  minMs: number;
  /** Longest wait, in milliseconds. */
  maxMs: number;
  /** From 0 up to 1. */
  random: () => number;
}

export interface Backoff {
  /** Waits longer each time, with jitter; the first call after a reset does not wait. */
  wait(): Promise<void>;
  /** Ends the wait that is under way. */
  wake(): void;
  reset(): void;
}

/** Spreads reconnects: without jitter every client of a restarted server returns at the same instant. */
export function createBackoff(options: BackoffOptions): Backoff {
  let attempt = 0;
  let wake = (): void => {};
  return {
    wait() {
      if (attempt++ === 0) return Promise.resolve();
      const ceiling = Math.min(options.maxMs, options.minMs * 2 ** (attempt - 2));
      const delay = ceiling * (0.5 + options.random() / 2);
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, delay);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    },
    wake: () => wake(),
    reset() {
      attempt = 0;
    },
  };
}
