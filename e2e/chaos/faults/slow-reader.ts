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
  async verify({ people }) {
    const [sleeper, ...others] = people;
    const troubles = others
      .filter(({ cuts }) => cuts > 0)
      .map(({ name }) => `${name} lost its connection, too`);
    if (sleeper?.cuts !== ROUNDS) troubles.push(`it was let go of ${sleeper?.cuts} times`);
    return troubles;
  },
};

async function connections(roomsUrl: string): Promise<number> {
  const answer = await fetch(`${roomsUrl}/health`);
  const health = (await answer.json()) as { connections: number }; // As rooms say it.
  return health.connections;
}
