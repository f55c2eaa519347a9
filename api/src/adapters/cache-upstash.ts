import { Redis } from '@upstash/redis';
import type { OpenCache } from '../cache.ts';
import { INCREMENT_SCRIPT, readCount, REPLACE_SCRIPT, replaceArguments } from './cache-script.ts';

export interface UpstashCacheOptions {
  /** Address of the REST interface. */
  url: string;
  token: string;
  prefix?: string;
}

const REQUEST_TIMEOUT_MS = 2000;

/** Redis over HTTP: every command is a request, so nothing is held between two of them. */
export function createUpstashCache(options: UpstashCacheOptions): OpenCache {
  const redis = new Redis({
    url: options.url,
    token: options.token,
    // Values are our own strings: parsed, "1" would come back as a number.
    automaticDeserialization: false,
    enableTelemetry: false,
    enableAutoPipelining: false,
    retry: { retries: 1, backoff: () => 50 },
    signal: () => AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  });
  const named = (key: string) => (options.prefix ?? 'harmonium:') + key;

  return {
    async get(key) {
      return (await redis.get<string>(named(key))) ?? undefined;
    },
    async set(key, value, ttl) {
      await redis.set(named(key), value, { ex: ttl });
    },
    async replace(key, before, after, ttl) {
      const given = replaceArguments(before, after, ttl);
      return Number(await redis.eval(REPLACE_SCRIPT, [named(key)], given)) === 1;
    },
    async delete(key) {
      await redis.del(named(key));
    },
    async increment(key, window) {
      return readCount(await redis.eval(INCREMENT_SCRIPT, [named(key)], [window * 1000]));
    },
    async ping() {
      await redis.ping();
    },
    async close() {},
  };
}
