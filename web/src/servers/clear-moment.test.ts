import { expect, test } from 'vitest';
import { clearMoment } from './clear-moment.ts';

const now = new Date(2026, 10, 23, 15, 30).getTime();

test('what is said for today ends at midnight, where the reader is', () => {
  expect(new Date(clearMoment('today', now) ?? 0)).toEqual(new Date(2026, 10, 24));
});

test('what is said for a while ends after it, and for ever never', () => {
  expect(clearMoment('minutes', now)).toBe(now + 1_800_000);
  expect(clearMoment('hour', now)).toBe(now + 3_600_000);
  expect(clearMoment('hours', now)).toBe(now + 14_400_000);
  expect(clearMoment('never', now)).toBeUndefined();
});
