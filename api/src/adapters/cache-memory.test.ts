import { expect, it } from 'vitest';
import { testCache } from '../cache.suite.ts';
import { createMemoryCache } from './cache-memory.ts';

const shared = createMemoryCache({ now: Date.now });
testCache('memory', () => shared);

it('never holds more keys than it may, and lets the oldest go', async () => {
  const cache = createMemoryCache({ now: Date.now, maxKeys: 2 });
  await cache.set('first', '1', 60);
  await cache.set('second', '2', 60);
  await cache.set('first', '1 again', 60);
  await cache.set('third', '3', 60);
  expect(await cache.get('second')).toBeUndefined();
  expect(await cache.get('first')).toBe('1 again');
  expect(await cache.get('third')).toBe('3');
});
