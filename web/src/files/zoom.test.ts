import { expect, test } from 'vitest';
import { WHOLE, keptIn, zoomedAt } from './zoom.ts';

test('what is under the pointer stays there', () => {
  const once = zoomedAt(WHOLE, { x: 100, y: -50 }, 2);
  expect(once).toEqual({ scale: 2, x: -100, y: 50 });
  // The point of the picture that was there: (100 - x) / scale.
  const twice = zoomedAt(once, { x: 100, y: -50 }, 4);
  expect((100 - twice.x) / twice.scale).toBe((100 - once.x) / once.scale);
});

test('zoomed out it is as a whole again, in the middle', () => {
  expect(zoomedAt({ scale: 2, x: 40, y: 7 }, { x: 3, y: 3 }, 0.5)).toEqual(WHOLE);
  expect(zoomedAt(WHOLE, { x: 0, y: 0 }, 100).scale).toBe(8);
});

test('it cannot be moved out of sight', () => {
  const frame = { width: 1000, height: 800 };
  const shown = { width: 600, height: 300 };
  expect(keptIn({ scale: 2, x: 900, y: 900 }, shown, frame)).toEqual({ scale: 2, x: 100, y: 0 });
});
