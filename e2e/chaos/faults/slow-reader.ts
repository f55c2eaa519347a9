import type { Fault } from '../fault.ts';

const ROUNDS = 2;
const CLOSED_WITHIN_S = 20;

/** Long messages fill what the kernel keeps for somebody who does not read. */
export const slowReader: Fault = {
  name: 'slow-reader',
  what: 'a client that never reads',
  seconds: 40,
  length: 1_800,
  isDirect: true,
  async inject({ place, people, wait, note }) {
    const [sleeper] = people;
    if (sleeper === undefined) return;
    for (let round = 0; round < ROUNDS; round += 1) {
      await wait(2);
      const readAgain = sleeper.stopReading();
      const started = performance.now();
      while ((await connections(place.rooms.url)) >= people.length) {
        await wait(0.1);
        if (performance.now() - started > CLOSED_WITHIN_S * 1000) break;
      }
      note(`let go of after ${((performance.now() - started) / 1000).toFixed(1)} s`);
      readAgain();
    }
  },
  verify({ people, trouble }) {
    const [sleeper, ...others] = people;
    for (const { name, cuts } of others) if (cuts > 0) trouble(`${name} was let go of, too`);
    if (sleeper?.cuts !== ROUNDS) trouble(`it was let go of ${sleeper?.cuts} times`);
  },
};

async function connections(roomsUrl: string): Promise<number> {
  const answer = await fetch(`${roomsUrl}/health`);
  const health = (await answer.json()) as { connections: number }; // As rooms say it.
  return health.connections;
}
