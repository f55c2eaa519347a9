import { Redis } from 'ioredis';
import type { OpenCache } from '../cache.ts';
import { INCREMENT_SCRIPT, readCount, REPLACE_SCRIPT, replaceArguments } from './cache-script.ts';

export interface RedisCacheOptions {
  url: string;
  /** Put before every key, so that several products can share one Redis. */
  prefix?: string;
  /** Told of connection losses; the client reconnects by itself. */
  onError?: (error: Error) => void;
}

/** Longest wait for an answer: a request that waits for a dead cache is worse than one refused. */
const COMMAND_TIMEOUT_MS = 2000;

export function createRedisCache(options: RedisCacheOptions): OpenCache {
  const redis = new Redis(options.url, {
    keyPrefix: options.prefix ?? 'harmonium:',
    commandTimeout: COMMAND_TIMEOUT_MS,
    maxRetriesPerRequest: 1,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2000),
  });
  // Without a listener ioredis prints every failed attempt to reconnect.
  redis.on('error', (error: Error) => options.onError?.(error));
  let isLost = false;
  redis.on('close', () => (isLost = true));
  redis.on('ready', () => (isLost = false));

  /** Refuses at once while the connection is lost: every request would wait for it, one after the other. */
  function connected(): Redis {
    if (isLost) throw new Error('There is no connection to Redis.');
    return redis;
  }

  return {
    async get(key) {
      return (await connected().get(key)) ?? undefined;
    },
    async set(key, value, ttl) {
      await connected().set(key, value, 'EX', ttl);
    },
    async replace(key, before, after, ttl) {
      const given = replaceArguments(before, after, ttl);
      return (await connected().eval(REPLACE_SCRIPT, 1, key, ...given)) === 1;
    },
    async delete(key) {
      await connected().del(key);
    },
    async increment(key, window) {
      return readCount(await connected().eval(INCREMENT_SCRIPT, 1, key, window * 1000));
    },
    async ping() {
      await connected().ping();
    },
    async close() {
      redis.disconnect();
    },
  };
}
