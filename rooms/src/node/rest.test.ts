import { expect, test } from 'vitest';
import { restAfter } from './rest.ts';

test('a few people never wait for each other', () => {
  expect(restAfter({ writes: 2, frames: 1 })).toBe(0);
  expect(restAfter({ writes: 49, frames: 1 })).toBe(0);
});

test('a crowd that hears a message waits a moment for the next, and never long', () => {
  expect(restAfter({ writes: 200, frames: 1 })).toBeCloseTo(4);
  expect(restAfter({ writes: 500, frames: 1 })).toBeCloseTo(10);
  expect(restAfter({ writes: 50_000, frames: 0 })).toBe(12);
});

test('who has plenty to say is not held up', () => {
  expect(restAfter({ writes: 500, frames: 4 })).toBe(0);
});
