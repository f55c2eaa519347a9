/** Pixels a finger goes sideways before it counts as a swipe. */
const SWIPE_PX = 56;

/** Tells sideways swipes from scrolling. Answers the listeners to put on an element. */
export function makeSwipe(onSwipe: (direction: 'left' | 'right') => void) {
  let start: { x: number; y: number } | undefined;
  return {
    onTouchStart(event: TouchEvent): void {
      const touch = event.touches.length === 1 ? event.touches[0] : undefined;
      // Code, sliders and text fields take sideways fingers themselves.
      const isTaken =
        event.target instanceof Element && event.target.closest('pre, input, textarea') !== null;
      start = touch === undefined || isTaken ? undefined : { x: touch.clientX, y: touch.clientY };
    },
    onTouchEnd(event: TouchEvent): void {
      const touch = event.changedTouches[0];
      if (start === undefined || touch === undefined) return;
      const x = touch.clientX - start.x;
      const y = touch.clientY - start.y;
      start = undefined;
      if (Math.abs(x) > SWIPE_PX && Math.abs(x) > 2 * Math.abs(y))
        onSwipe(x > 0 ? 'right' : 'left');
    },
  };
}
