import type { Fault } from '../fault.ts';

const TIMES = 3;
/** After it compose would kill it. */
const GRACE_S = 30;

export const restart: Fault = {
  name: 'restart',
  what: 'rooms and api asked to stop, and started again, three times',
  seconds: 30,
  shortSeconds: 6,
  async inject({ place, seconds, wait, note, trouble }) {
    let longest = 0;
    for (let time = 0; time < TIMES; time += 1) {
      for (const part of [place.rooms, place.api]) {
        await wait(seconds / (2 * TIMES + 1));
        const began = performance.now();
        const code = await part.stop();
        const took = (performance.now() - began) / 1000;
        longest = Math.max(longest, took);
        if (code !== 0) trouble(`${part.name} ended with ${code}`);
        if (took > GRACE_S) trouble(`${part.name} took ${took.toFixed(1)} s to end`);
        await part.start();
      }
    }
    note(`the longest end took ${longest.toFixed(2)} s`);
  },
};
