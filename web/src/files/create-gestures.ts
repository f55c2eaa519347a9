import { createSignal } from 'solid-js';
import { WHOLE, keptIn, zoomedAt } from './zoom.ts';
import type { Zoom } from './zoom.ts';

/** A finger has to go as far as this to mean the next picture, in pixels. */
const SWIPE_PX = 60;
/** A pointer that went no further than this has pressed, in pixels. */
const PRESS_PX = 6;
const DOUBLE_SCALE = 2.5;

interface GesturesOptions {
  frame: () => HTMLElement | undefined;
  picture: () => HTMLElement | undefined;
  onSwipe: (step: 1 | -1) => void;
  onClose: () => void;
}

/** Wheel, double click, pinch, drag and swipe over one picture. */
export function createGestures(options: GesturesOptions) {
  const [zoom, setZoom] = createSignal<Zoom>(WHOLE);
  /** How far a finger has pulled a whole picture to a side. */
  const [pull, setPull] = createSignal(0);
  const pointers = new Map<number, { x: number; y: number }>();
  let start = { x: 0, y: 0 };
  let apart = 0;
  /** Two fingers came down since all were up: it is no swipe, and no press. */
  let isPinch = false;

  function hold(next: Zoom): void {
    const frame = options.frame();
    const picture = options.picture();
    if (frame === undefined || picture === undefined) return;
    // Its layout is as large as it is at scale 1.
    const shown = { width: picture.offsetWidth, height: picture.offsetHeight };
    setZoom(keptIn(next, shown, { width: frame.clientWidth, height: frame.clientHeight }));
  }

  function fromMiddle(at: { clientX: number; clientY: number }) {
    const box = options.frame()?.getBoundingClientRect();
    if (box === undefined) return { x: 0, y: 0 };
    return { x: at.clientX - box.x - box.width / 2, y: at.clientY - box.y - box.height / 2 };
  }

  function pinch(): void {
    const [one, other] = [...pointers.values()];
    if (one === undefined || other === undefined) return;
    const distance = Math.hypot(one.x - other.x, one.y - other.y);
    const middle = { clientX: (one.x + other.x) / 2, clientY: (one.y + other.y) / 2 };
    if (apart > 0) hold(zoomedAt(zoom(), fromMiddle(middle), (zoom().scale * distance) / apart));
    apart = distance;
  }

  function end(event: PointerEvent): void {
    if (!pointers.delete(event.pointerId)) return;
    apart = 0;
    if (pointers.size > 0) return;
    const by = { x: event.clientX - start.x, y: event.clientY - start.y };
    setPull(0);
    if (isPinch || zoom().scale > 1 || event.type === 'pointercancel') return;
    if (Math.abs(by.x) > SWIPE_PX && Math.abs(by.x) > Math.abs(by.y)) {
      options.onSwipe(by.x < 0 ? 1 : -1);
    } else if (event.pointerType === 'touch' && by.y > 2 * SWIPE_PX) options.onClose();
    else if (Math.hypot(by.x, by.y) < PRESS_PX && event.target === options.frame()) {
      options.onClose();
    }
  }

  return {
    zoom,
    pull,
    reset: () => void setZoom(WHOLE),
    /** By a button or a key, around the middle. */
    toggle(): void {
      hold(zoom().scale > 1 ? WHOLE : zoomedAt(WHOLE, { x: 0, y: 0 }, DOUBLE_SCALE));
    },
    handlers: {
      onWheel(event: WheelEvent): void {
        event.preventDefault();
        hold(zoomedAt(zoom(), fromMiddle(event), zoom().scale * Math.exp(-event.deltaY / 400)));
      },
      onDblClick(event: MouseEvent): void {
        hold(zoom().scale > 1 ? WHOLE : zoomedAt(zoom(), fromMiddle(event), DOUBLE_SCALE));
      },
      onPointerDown(event: PointerEvent & { currentTarget: HTMLElement }): void {
        if (event.button !== 0) return;
        if (pointers.size === 0) {
          start = { x: event.clientX, y: event.clientY };
          isPinch = false;
        } else isPinch = true;
        pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      },
      onPointerMove(event: PointerEvent & { currentTarget: HTMLElement }): void {
        const before = pointers.get(event.pointerId);
        if (before === undefined) return;
        pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
        if (pointers.size === 2) return pinch();
        const { scale, x, y } = zoom();
        if (scale > 1) {
          hold({ scale, x: x + event.clientX - before.x, y: y + event.clientY - before.y });
        } else if (event.pointerType === 'touch' && !isPinch) setPull(event.clientX - start.x);
      },
      onPointerUp: end,
      onPointerCancel: end,
    },
  };
}
