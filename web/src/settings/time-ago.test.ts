import { expect, test } from 'vitest';
import { timeAgo } from './time-ago.ts';

const NOW = Date.parse('2026-06-15T12:00:00Z');

test.each([
  ['2026-06-15T11:59:30Z', undefined],
  ['2026-06-15T11:59:00Z', '1 minute ago'],
  ['2026-06-15T09:00:00Z', '3 hours ago'],
  ['2026-06-14T10:00:00Z', 'yesterday'],
  ['2026-06-01T12:00:00Z', '2 weeks ago'],
  ['2024-01-01T12:00:00Z', '2 years ago'],
  // The clock of this device is behind.
  ['2026-06-15T12:05:00Z', undefined],
])('a session used at %s was used %s', (time, words) => {
  expect(timeAgo(time, NOW, 'en')).toBe(words);
});
