import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeSwipe } from './swipe.ts';

describe('a swipe', () => {
  // Node has no elements; the target of these touches is none.
  beforeEach(() => vi.stubGlobal('Element', Object));
  afterEach(() => vi.unstubAllGlobals());

  test.each([
    ['to the right', { x: 90, y: 10 }, 'right'],
    ['to the left', { x: -90, y: -10 }, 'left'],
    ['too short', { x: 40, y: 0 }, undefined],
    ['mostly down: the reader scrolls', { x: 90, y: 60 }, undefined],
  ])('%s', (_name, by, expected) => {
    const swiped = vi.fn<(direction: 'left' | 'right') => void>();
    const swipe = makeSwipe(swiped);
    swipe.onTouchStart(touch({ x: 200, y: 200 }));
    swipe.onTouchEnd(touch({ x: 200 + by.x, y: 200 + by.y }));
    expect(swiped.mock.calls).toEqual(expected === undefined ? [] : [[expected]]);
  });

  test('with two fingers is none', () => {
    const swiped = vi.fn<(direction: 'left' | 'right') => void>();
    const swipe = makeSwipe(swiped);
    swipe.onTouchStart(touch({ x: 200, y: 200 }, 2));
    swipe.onTouchEnd(touch({ x: 300, y: 200 }));
    expect(swiped).not.toHaveBeenCalled();
  });
});

function touch(at: { x: number; y: number }, fingers = 1): TouchEvent {
  const touches = Array.from({ length: fingers }, () => ({ clientX: at.x, clientY: at.y }));
  return { touches, changedTouches: touches, target: 0 } as unknown as TouchEvent;
}
