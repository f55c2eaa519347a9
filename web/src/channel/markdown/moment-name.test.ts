import { expect, test } from 'vitest';
import { momentName } from './moment-name.ts';

const NOW = Date.UTC(2026, 4, 1, 12);

test.each([
  [-30_000, '30 seconds ago'],
  [-125_000, '2 minutes ago'],
  [3 * 3_600_000, 'in 3 hours'],
  [86_400_000, 'tomorrow'],
  [-800 * 86_400_000, '2 years ago'],
])('%d ms from now is %s', (distance, words) => {
  expect(momentName(NOW + distance, 'R', NOW)).toBe(words);
});

test('a style that nobody knows is the usual one', () => {
  expect(momentName(NOW, '?', NOW)).toBe(momentName(NOW, 'f', NOW));
});

test('the first and the last moment there are', () => {
  for (const at of [-8.64e15, 8.64e15]) {
    for (const style of 'tTdDfFR') expect(momentName(at, style, NOW)).not.toBe('');
  }
});
