import type { Fault } from '../fault.ts';

const SHARE = 0.05;

export const cutSockets: Fault = {
  name: 'cut-sockets',
  what: '5 % of the sockets reset every second',
  seconds: 40,
  shortSeconds: 4,
  people: 40,
  async inject({ cable, seconds, wait }) {
    for (let second = 0; second < seconds; second += 1) {
      await wait(1);
      cable.cut(SHARE);
    }
  },
};
