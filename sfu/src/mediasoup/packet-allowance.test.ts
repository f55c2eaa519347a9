import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PacketAllowance } from './packet-allowance.ts';

const acts: string[] = [];
let allowance: PacketAllowance;
beforeEach(() => {
  vi.useFakeTimers();
  acts.length = 0;
  allowance = new PacketAllowance({
    pause: async () => void acts.push('pause'),
    resume: async () => void acts.push('resume'),
  });
});
afterEach(() => vi.useRealTimers());

test('who speaks is read, however long', () => {
  for (let nth = 0; nth < 1_000; nth += 1) {
    expect(allowance.take()).toBe(true);
    vi.advanceTimersByTime(20);
  }
  expect(acts).toEqual([]);
});

test('who floods is not read until the second is over', () => {
  const taken = Array.from({ length: 1_000 }, () => allowance.take()).filter(Boolean);
  expect(taken).toHaveLength(400);
  expect(acts).toEqual(['pause']);
  vi.advanceTimersByTime(1_000);
  expect(acts).toEqual(['pause', 'resume']);
  expect(allowance.take()).toBe(true);
});
