import { afterAll, beforeAll, expect, it } from 'vitest';
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

it('is refused by Upstash without the right token', async () => {
  const stranger = createUpstashCache({ url: bridge.url, token: 'wrong' });
  await expect(stranger.ping()).rejects.toThrow('WRONGPASS');
});
