import { describe, expect, test } from 'vitest';
import { dragged, kept, squareOf, wholeCrop } from './crop.ts';

const wide = { width: 400, height: 200 };

describe('the square that is cut out of a picture', () => {
  test('at first it is the largest in the middle', () => {
    expect(squareOf(wide, wholeCrop)).toEqual({ left: 100, top: 0, side: 200 });
  });

  test('zooming takes less of it around the same middle', () => {
    expect(squareOf(wide, { ...wholeCrop, zoom: 2 })).toEqual({ left: 150, top: 50, side: 100 });
  });

  test('the picture follows the finger, by its own pixels', () => {
    const crop = dragged(wide, wholeCrop, { x: 50, y: 0 }, 100);
    expect(squareOf(wide, crop).left).toBe(0);
    const back = dragged(wide, crop, { x: -25, y: 0 }, 100);
    expect(squareOf(wide, back).left).toBe(50);
  });

  test('it never leaves the picture, and dragging beyond an edge leaves no dead way back', () => {
    const far = dragged(wide, wholeCrop, { x: -5000, y: 90 }, 100);
    expect(squareOf(wide, far)).toEqual({ left: 200, top: 0, side: 200 });
    expect(squareOf(wide, dragged(wide, far, { x: 50, y: 0 }, 100)).left).toBe(100);
  });

  test('zooming out at an edge comes back to the middle that can be reached', () => {
    expect(kept(wide, { zoom: 1, x: 0.05, y: 0.9 })).toEqual({ zoom: 1, x: 0.25, y: 0.5 });
  });
});
