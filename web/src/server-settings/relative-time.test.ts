import { expect, test } from 'vitest';
import { relativeTime } from './relative-time.ts';

const NOW = Date.parse('2026-05-01T12:00:00.000Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

test.each([
  [0, 'now'],
  [30_000, 'now'],
  [-5 * MINUTE, '5 minutes ago'],
  [90 * MINUTE, 'in 1 hour'],
  [-DAY, 'yesterday'],
  [7 * DAY - 2_000, 'in 7 days'],
  [6.5 * DAY, 'in 6 days'],
  [-400 * DAY, 'last year'],
])('%i ms from now is called %s', (distance, words) => {
  expect(relativeTime(NOW + distance, NOW)).toBe(words);
});
