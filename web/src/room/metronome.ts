import { PING_INTERVAL_MS } from '@harmonium/rooms/limits';

export interface Metronome {
  /** Calls at each beat until the answer is called. */
  listen(beat: () => void): () => void;
  stop(): void;
}

/**
 * Beats as often as a client has to ping. In a worker: browsers slow the timers of a hidden page
 * down to one a minute, and rooms would take its user for gone.
 * https://developer.chrome.com/blog/timer-throttling-in-chrome-88
 */
export function createMetronome(): Metronome {
  const beats = new Set<() => void>();
  const tick = (): void => {
    for (const beat of beats) beat();
  };
  const stop = startWorker(tick) ?? startTimer(tick);
  return {
    listen(beat) {
      beats.add(beat);
      return () => beats.delete(beat);
    },
    stop,
  };
}

function startWorker(tick: () => void): (() => void) | undefined {
  try {
    const worker = new Worker(new URL('./metronome-worker.ts', import.meta.url), {
      type: 'module',
    });
    worker.addEventListener('message', tick);
    return () => worker.terminate();
  } catch {
    // No workers here: a hidden page then reconnects when it is looked at.
    return undefined;
  }
}

function startTimer(tick: () => void): () => void {
  const timer = setInterval(tick, PING_INTERVAL_MS);
  return () => clearInterval(timer);
}
