import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Cache } from './cache.ts';

/** The rules of `cache.ts`. The cache need not be empty: every test has its own key. */
export function testCache(name: string, open: () => Cache) {
  describe(`cache: ${name}`, () => {
    const key = () => `test:${randomUUID()}`;

    it('remembers what was set', async () => {
      const cache = open();
      const greeting = key();
      await cache.set(greeting, 'hello', 60);
      expect(await cache.get(greeting)).toBe('hello');
    });

    it('knows nothing of what was never set', async () => {
      expect(await open().get(key())).toBeUndefined();
    });

    it.each(['', '1', 'null', '{"a":1}', '"quoted"', '[1,2]', 'line\nbreak', '👋 ünï\u0000'])(
      'gives %j back as it was, never parsed',
      async (value) => {
        const cache = open();
        const kept = key();
        await cache.set(kept, value, 60);
        expect(await cache.get(kept)).toBe(value);
      },
    );

    it('replaces the value before', async () => {
      const cache = open();
      const mood = key();
      await cache.set(mood, 'sad', 60);
      await cache.set(mood, 'glad', 60);
      expect(await cache.get(mood)).toBe('glad');
    });

    it('forgets what was deleted', async () => {
      const cache = open();
      const secret = key();
      await cache.set(secret, 'gone soon', 60);
      await cache.delete(secret);
      await cache.delete(secret);
      expect(await cache.get(secret)).toBeUndefined();
    });

    it('forgets a value when its time is over', async () => {
      const cache = open();
      const brief = key();
      await cache.set(brief, 'here', 1);
      expect(await cache.get(brief)).toBe('here');
      await sleep(1100);
      expect(await cache.get(brief)).toBeUndefined();
    });

    it('gives a value that is set again a new time', async () => {
      const cache = open();
      const renewed = key();
      await cache.set(renewed, 'first', 1);
      await cache.set(renewed, 'second', 60);
      await sleep(1100);
      expect(await cache.get(renewed)).toBe('second');
    });

    it('replaces what stands there by what was asked for, and nothing else', async () => {
      const cache = open();
      const seat = key();
      expect(await cache.replace(seat, 'anna', 'ben', 60)).toBe(false);
      expect(await cache.replace(seat, undefined, 'anna', 60)).toBe(true);
      expect(await cache.replace(seat, undefined, 'ben', 60)).toBe(false);
      expect(await cache.replace(seat, 'cleo', 'ben', 60)).toBe(false);
      expect(await cache.get(seat)).toBe('anna');
      expect(await cache.replace(seat, 'anna', '', 60)).toBe(true);
      expect(await cache.replace(seat, undefined, 'ben', 60)).toBe(false);
      expect(await cache.replace(seat, '', 'ben', 60)).toBe(true);
      expect(await cache.get(seat)).toBe('ben');
    });

    it('gives a place to one of all who take it at once, until its time is over', async () => {
      const cache = open();
      const seat = key();
      const people = Array.from({ length: 20 }, (_, index) => `person ${index}`);
      const taken = await Promise.all(
        people.map((person) => cache.replace(seat, undefined, person, 1)),
      );
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect(await cache.get(seat)).toBe(people[taken.indexOf(true)]);
      await sleep(1100);
      expect(await cache.replace(seat, undefined, 'somebody later', 60)).toBe(true);
    });

    it('counts from one', async () => {
      const cache = open();
      const attempts = key();
      expect((await cache.increment(attempts, 60)).count).toBe(1);
      expect((await cache.increment(attempts, 60)).count).toBe(2);
    });

    it('says how long the window is still open', async () => {
      const { closesIn } = await open().increment(key(), 60);
      expect(closesIn).toBeGreaterThan(58_000);
      expect(closesIn).toBeLessThanOrEqual(60_000);
    });

    it('counts from one again when the window closed, whatever was counted late in it', async () => {
      const cache = open();
      const attempts = key();
      await cache.increment(attempts, 1);
      await sleep(600);
      const late = await cache.increment(attempts, 1);
      expect(late.count).toBe(2);
      expect(late.closesIn).toBeLessThan(500);
      await sleep(600);
      expect((await cache.increment(attempts, 1)).count).toBe(1);
    });

    it('counts everyone who comes at once', async () => {
      const cache = open();
      const attempts = key();
      const counts = await Promise.all(
        Array.from({ length: 100 }, () => cache.increment(attempts, 60)),
      );
      const seen = counts.map(({ count }) => count).sort((a, b) => a - b);
      expect(seen).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    });

    it('starts a deleted counter from one', async () => {
      const cache = open();
      const attempts = key();
      await cache.increment(attempts, 60);
      await cache.delete(attempts);
      expect((await cache.increment(attempts, 60)).count).toBe(1);
    });

    it('answers a ping', async () => {
      await open().ping();
    });
  });
}
