/**
 * What a tick costs, in microseconds on a core of today, taken from profiles: only proportions
 * matter. A frame is parsed, checked, ordered and stored; a socket is written to once, whatever it is
 * owed; each frame for each socket is copied.
 */
const FRAME_US = 15;
const SOCKET_US = 6;
const COPY_US = 0.15;

/** What one room may take of a tick, and what all large ones may take of it together. */
const SHARE_US = 10_000;
/** So many a room is always heard, that a crowd whose writes alone fill a tick still gets on. */
const MIN_FRAMES = 16;
/** Up to here a room waits for nobody. */
const LIGHT_US = 500;

/** @param sockets that hear what is said */
export function costOf(frames: number, sockets: number): number {
  return frames * FRAME_US + sockets * (SOCKET_US + frames * COPY_US);
}

/** How many frames of a room one tick handles. */
export function framesATick(sockets: number): number {
  const left = SHARE_US - sockets * SOCKET_US;
  return Math.max(MIN_FRAMES, Math.floor(left / (FRAME_US + sockets * COPY_US)));
}

export function isLight(frames: number, sockets: number): boolean {
  return costOf(frames, sockets) <= LIGHT_US;
}

/** Whether another room fits into a tick that costs so much already. */
export function fits(cost: number, more: number): boolean {
  return cost === 0 || cost + more <= SHARE_US;
}
