import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createBackoff } from './backoff.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function measured(wait: Promise<void>): Promise<number> {
  const start = Date.now();
  let end = -1;
  void wait.then(() => (end = Date.now()));
  await vi.advanceTimersByTimeAsync(20_000);
  return end - start;
}

test('the first attempt is at once, the next wait longer and longer up to a bound', async () => {
  const backoff = createBackoff({ minMs: 300, maxMs: 10_000, random: () => 1 });
  const waits: number[] = [];
  for (let attempt = 0; attempt < 9; attempt++) waits.push(await measured(backoff.wait()));
  expect(waits).toEqual([0, 300, 600, 1200, 2400, 4800, 9600, 10_000, 10_000]);
});

test('clients that were cut together do not return together', async () => {
  const wait = async (random: number): Promise<number> => {
    const backoff = createBackoff({ minMs: 300, maxMs: 10_000, random: () => random });
    await backoff.wait();
    return measured(backoff.wait());
  };
  expect(await wait(0)).toBe(150);
  expect(await wait(1)).toBe(300);
});

test('a network that is back ends the wait', async () => {
  const backoff = createBackoff({ minMs: 5_000, maxMs: 10_000, random: () => 1 });
  await backoff.wait();
  const waiting = measured(backoff.wait());
  backoff.wake();
  expect(await waiting).toBe(0);
});
