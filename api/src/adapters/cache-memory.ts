import type { OpenCache } from '../cache.ts';

interface Entry {
  value: string;
  count: number;
  /** Milliseconds since the Unix epoch. */
  endsAt: number;
}

export interface MemoryCacheOptions {
  now: () => number;
  /** How many keys are held; the ones written longest ago give way to new ones. */
  maxKeys?: number;
}

const MAX_KEYS = 50_000;

/** A cache for an api of one process. Its map is kept in the order of writing. */
export function createMemoryCache({ now, maxKeys = MAX_KEYS }: MemoryCacheOptions): OpenCache {
  const entries = new Map<string, Entry>();

  function alive(key: string): Entry | undefined {
    const entry = entries.get(key);
    if (entry !== undefined && entry.endsAt <= now()) {
      entries.delete(key);
      return undefined;
    }
    return entry;
  }

  function write(key: string, entry: Entry) {
    entries.delete(key);
    entries.set(key, entry);
    if (entries.size <= maxKeys) return;
    const [oldest] = entries.keys();
    if (oldest !== undefined) entries.delete(oldest);
  }

  return {
    async get(key) {
      return alive(key)?.value;
    },
    async set(key, value, ttl) {
      write(key, { value, count: 0, endsAt: now() + ttl * 1000 });
    },
    async replace(key, before, after, ttl) {
      if (alive(key)?.value !== before) return false;
      write(key, { value: after, count: 0, endsAt: now() + ttl * 1000 });
      return true;
    },
    async delete(key) {
      entries.delete(key);
    },
    async increment(key, window) {
      const entry = alive(key) ?? { value: '', count: 0, endsAt: now() + window * 1000 };
      entry.count += 1;
      entry.value = String(entry.count);
      write(key, entry);
      return { count: entry.count, closesIn: entry.endsAt - now() };
    },
    async ping() {},
    async close() {
      entries.clear();
    },
  };
}
