/**
 * Values that may be lost at any moment, shared by every process of the api: rate limits, answers
 * kept for a retry, which sfu node holds a call. Never the only place something is kept.
 */
export interface Cache {
  /** What was last set under the key; undefined when nothing was, or its time is over. */
  get(key: string): Promise<string | undefined>;
  /**
   * Sets a value, replacing the one before and its end.
   * @param ttl seconds, a whole number from 1
   */
  set(key: string, value: string, ttl: number): Promise<void>;
  /**
   * Sets a value if the one that stands there is `before` (undefined: none), with a new end. Of
   * several that replace the same value at once, one does.
   * @param ttl seconds, a whole number from 1
   * @returns false: another one stands there, and nothing was changed
   */
  replace(key: string, before: string | undefined, after: string, ttl: number): Promise<boolean>;
  /** Deletes a value or a counter; nothing happens when there is none. */
  delete(key: string): Promise<void>;
  /**
   * Counts one more under the key. The window opens with its first count and is not moved by later
   * ones; when it closes, the next count is 1 again. Counts made at once, by any process, are never
   * the same. Counters and values have the same keys: use different ones.
   * @param window seconds, a whole number from 1
   */
  increment(key: string, window: number): Promise<Count>;
  /** Throws when the cache cannot be reached. */
  ping(): Promise<void>;
}

export interface Count {
  /** How often the key was counted in this window, this time included. */
  count: number;
  /** Milliseconds until the window closes; never negative. */
  closesIn: number;
}

/** A cache and how to let go of it. */
export interface OpenCache extends Cache {
  close(): Promise<void>;
}
