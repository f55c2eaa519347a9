/** How a picture is held: `scale` 1 shows it as a whole; `x` and `y` move it, in pixels. */
export interface Zoom {
  scale: number;
  x: number;
  y: number;
}
interface Point {
  x: number;
  y: number;
}
interface Box {
  width: number;
  height: number;
}

export const WHOLE: Zoom = { scale: 1, x: 0, y: 0 };
const MAX_SCALE = 8;

/** Changes the scale while what is under a point, measured from the middle of the frame, stays there. */
export function zoomedAt(zoom: Zoom, point: Point, scale: number): Zoom {
  const next = Math.min(MAX_SCALE, Math.max(1, scale));
  if (next === 1) return WHOLE;
  const ratio = next / zoom.scale;
  return {
    scale: next,
    x: point.x - (point.x - zoom.x) * ratio,
    y: point.y - (point.y - zoom.y) * ratio,
  };
}

/** Moves no further than the picture goes: `shown` is its size at scale 1. */
export function keptIn(zoom: Zoom, shown: Box, frame: Box): Zoom {
  return {
    scale: zoom.scale,
    x: within(zoom.x, (shown.width * zoom.scale - frame.width) / 2),
    y: within(zoom.y, (shown.height * zoom.scale - frame.height) / 2),
  };
}

function within(value: number, most: number): number {
  const limit = Math.max(0, most);
  return Math.min(limit, Math.max(-limit, value));
}
