/** A write to a socket costs about half of this, so that a crowd that hears little takes a third of a core. */
const REST_PER_WRITE_MS = 0.02;
const MAX_REST_MS = 12;
/** Shorter ones no timer keeps. */
const MIN_REST_MS = 1;
/** From so many on a tick gathers enough by itself, and a rest would only cost throughput. */
const MANY_FRAMES = 4;

/**
 * How long to wait after a tick before the next, in milliseconds. Writing to a socket costs the same
 * for one message as for ten: where many listen and few speak, a short rest gathers what is said.
 * @param writes sockets that the tick wrote to
 * @param frames frames that it had heard
 */
export function restAfter({ writes, frames }: { writes: number; frames: number }): number {
  const rest = Math.min(MAX_REST_MS, writes * REST_PER_WRITE_MS);
  return frames >= MANY_FRAMES || rest < MIN_REST_MS ? 0 : rest;
}
