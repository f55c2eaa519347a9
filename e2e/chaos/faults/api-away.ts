import type { Fault } from '../fault.ts';

/** Asked to stop, and killed: each time people go on, and come back with the rooms' own tickets. */
export const apiAway: Fault = {
  name: 'api-away',
  what: 'api stopped, killed, started again',
  seconds: 30,
  async inject({ place, cable, seconds, wait }) {
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      await wait(seconds / 6);
      await place.api.stop(signal);
      await wait(seconds / 12);
      cable.cut(0.5);
      await wait(seconds / 12);
      await place.api.start();
    }
  },
};
