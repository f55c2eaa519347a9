import { expect, test } from 'vitest';
import { loudness } from './microphone-level.ts';

test('silence is nothing, a whisper a little, a voice a lot, a shout everything', () => {
  const at = (amplitude: number) => loudness(Array.from({ length: 512 }, () => amplitude));
  expect(at(0)).toBe(0);
  expect(at(0.0005)).toBe(0);
  expect(at(0.005)).toBeGreaterThan(0.1);
  expect(at(0.005)).toBeLessThan(0.4);
  expect(at(0.1)).toBeGreaterThan(0.7);
  expect(at(1)).toBe(1);
});
