import { createSignal } from 'solid-js';

/** Less is a click with an unsteady hand, in pixels. */
const THRESHOLD = 6;

/** Lets something be put elsewhere on the page; a click stays a click. */
export function createDrag(element: () => HTMLElement | undefined) {
  const [moved, setMoved] = createSignal({ x: 0, y: 0 });
  let start: { x: number; y: number; from: DOMRect } | undefined;
  let before = { x: 0, y: 0 };
  let wasDragged = false;
  return {
    moved,
    /** Of the click that ends a drag: it was not meant as one. */
    wasDragged: () => wasDragged,
    onPointerDown(event: PointerEvent): void {
      const from = element()?.getBoundingClientRect();
      wasDragged = false;
      if (from === undefined || event.button !== 0) return;
      start = { x: event.clientX, y: event.clientY, from };
      before = moved();
    },
    onPointerMove(event: PointerEvent): void {
      if (start === undefined) return;
      const { x, y, from } = start;
      const [dx, dy] = [event.clientX - x, event.clientY - y];
      if (!wasDragged && Math.hypot(dx, dy) < THRESHOLD) return;
      if (!wasDragged) element()?.setPointerCapture(event.pointerId);
      wasDragged = true;
      setMoved({
        x: before.x + within(dx, -from.left, innerWidth - from.right),
        y: before.y + within(dy, -from.top, innerHeight - from.bottom),
      });
    },
    onPointerUp(): void {
      start = undefined;
    },
  };
}

const within = (value: number, min: number, max: number) => Math.min(max, Math.max(min, value));
