import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startRedis } from '../../testing/redis.ts';
import type { Service } from '../../testing/service.ts';
import { startUpstashBridge } from '../../testing/upstash-bridge.ts';
import type { OpenCache } from '../cache.ts';
import { testCache } from '../cache.suite.ts';
import { createRedisCache } from './cache-redis.ts';
import { createUpstashCache } from './cache-upstash.ts';

let redis: Service;
let bridge: Awaited<ReturnType<typeof startUpstashBridge>>;
let byTcp: OpenCache;
let byRest: OpenCache;

beforeAll(async () => {
  redis = await startRedis();
  bridge = await startUpstashBridge(redis.url);
  byTcp = createRedisCache({ url: redis.url });
  byRest = createUpstashCache(bridge);
});

afterAll(async () => {
  await Promise.all([byTcp.close(), byRest.close(), bridge.close()]);
  await redis.close();
});

testCache('Redis', () => byTcp);
testCache('Upstash', () => byRest);

it('counts together with everyone who shares the Redis', async () => {
  await byTcp.increment('shared', 60);
  expect((await byRest.increment('shared', 60)).count).toBe(2);
});

it('says in time that there is no Redis', async () => {
  const lonely = await startRedis();
  const cache = createRedisCache({ url: lonely.url });
  await cache.set('mood', 'fine', 60);
  await lonely.close();
  await expect(cache.get('mood')).rejects.toThrow(/./);
  await expect(cache.ping()).rejects.toThrow(/./);
  await cache.close();
});

it('refuses at once while Redis is away, and works by itself when it is back', async () => {
  const fragile = await startRedis();
  const cache = createRedisCache({ url: fragile.url });
  await cache.set('mood', 'fine', 60);
  await fragile.stop();
  await expect(cache.get('mood')).rejects.toThrow(/./);
  const started = performance.now();
  for (let request = 0; request < 20; request += 1) {
    await expect(cache.increment('requests', 60)).rejects.toThrow(/./);
  }
  expect(performance.now() - started).toBeLessThan(1_000);
  await fragile.start();
  await vi.waitFor(() => cache.set('mood', 'fine again', 60), { timeout: 10_000 });
  expect(await cache.get('mood')).toBe('fine again');
  await cache.close();
  await fragile.close();
});

it('is refused by Upstash without the right token', async () => {
  const stranger = createUpstashCache({ url: bridge.url, token: 'wrong' });
  await expect(stranger.ping()).rejects.toThrow('WRONGPASS');
});
