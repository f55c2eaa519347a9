import type { Fault } from '../fault.ts';

/** Before it, so that there is something to fall back on. */
const SHARE_BEFORE = 0.1;
const SHARE_AWAY = 0.8;

/** Nobody notices but those who scroll up; what was said drains when it is back. */
export const databaseAway: Fault = {
  name: 'database-away',
  what: 'database stopped for 60 s',
  seconds: 75,
  shortSeconds: 4,
  async inject({ place, seconds, wait }) {
    await wait(seconds * SHARE_BEFORE);
    await place.postgres.stop();
    await wait(seconds * SHARE_AWAY);
    await place.postgres.start();
  },
};
