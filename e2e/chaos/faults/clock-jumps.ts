import type { Fault } from '../fault.ts';

const HOUR_MS = 3_600_000;
/** By how much the clock is wrong, one after the other. */
const JUMPS = [3 * HOUR_MS, -5 * HOUR_MS, 2 * HOUR_MS, 0];

/** The clock of the machine, so that api and rooms agree; the database's and the people's stay right. */
export const clockJumps: Fault = {
  name: 'clock-jumps',
  what: 'clock 3 h ahead, 5 h behind, 2 h ahead, right',
  seconds: 40,
  shortSeconds: 5,
  async inject({ place, cable, seconds, wait }) {
    for (const jump of JUMPS) {
      await wait(seconds / 10);
      place.rooms.setClock(jump);
      place.api.setClock(jump);
      await wait(seconds / 10);
      // With tickets of another time in hand.
      cable.cut(0.5);
      if (jump >= 0) continue;
      // What is stored is from the future.
      await place.rooms.stop('SIGKILL');
      await place.rooms.start();
    }
  },
};
