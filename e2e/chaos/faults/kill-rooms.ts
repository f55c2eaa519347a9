import type { Fault } from '../fault.ts';

const KILLS = 5;

export const killRooms: Fault = {
  name: 'kill-rooms',
  what: 'kill -9 of the rooms, five times',
  seconds: 30,
  shortSeconds: 4,
  async inject({ place, seconds, wait }) {
    for (let kill = 0; kill < KILLS; kill += 1) {
      await wait(seconds / (KILLS + 1));
      await place.rooms.stop('SIGKILL');
      await place.rooms.start();
    }
  },
};
