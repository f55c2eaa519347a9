import { expect, test } from 'vitest';
import { qualityOf } from './media.ts';

test('connection quality falls with round trip and loss', () => {
  expect(qualityOf({ roundTripMs: 24, loss: 0 })).toBe(4);
  expect(qualityOf({ roundTripMs: 200, loss: 0 })).toBe(3);
  expect(qualityOf({ roundTripMs: 24, loss: 0.05 })).toBe(2);
  expect(qualityOf({ roundTripMs: 900, loss: 0 })).toBe(1);
});
