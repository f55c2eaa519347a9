import { expect, test } from 'vitest';
import { leftName } from './left-name.ts';

test('what is left of a timeout is counted down to nothing', () => {
  expect(leftName(60_000)).toBe('1:00');
  expect(leftName(59_001)).toBe('1:00');
  expect(leftName(9_000)).toBe('0:09');
  expect(leftName(3_600_000)).toBe('1:00:00');
  expect(leftName(7 * 86_400_000 - 1_000)).toBe('6d 23:59:59');
  expect(leftName(-5)).toBe('0:00');
});
