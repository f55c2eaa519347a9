import { ApiProblem } from '@harmonium/api/client';
import type { Fault, Scene } from '../fault.ts';
import { Person } from '../person.ts';

const PAGES = 3;

/** Limits and ended sessions wait for it; talk does not. */
export const redisAway: Fault = {
  name: 'redis-away',
  what: 'redis stopped and started again',
  seconds: 30,
  async inject(scene) {
    const { place, cable, seconds, wait, note } = scene;
    await wait(seconds / 6);
    await place.redis.stop();
    await wait(seconds / 6);
    cable.cut(0.5);
    const started = performance.now();
    for (let page = 0; page < PAGES; page += 1) await readHistory(scene);
    const each = (performance.now() - started) / PAGES;
    note(`a page of history without redis: ${each.toFixed(0)} ms`);
    await wait(seconds / 6);
    await place.redis.start();
  },
  /** What is kept there works again, without anybody having started anything anew. */
  async verify(scene) {
    const { place, wait, trouble } = scene;
    for (let second = 0; second < 10; second += 1) {
      if (await isLogoutHeard(new Person(`leaver${second}`, place.api.url))) return;
      await wait(1);
    }
    trouble('a token outlives its session though redis is back');
  },
};

async function readHistory({ people, channelId }: Scene): Promise<void> {
  await people[0]?.call('GET /api/channels/:id/messages', { params: { id: channelId } });
}

/** An access token is void from the logout on: what redis is asked for at each request. */
async function isLogoutHeard(person: Person): Promise<boolean> {
  await person.register();
  await person.logout();
  try {
    await person.call('GET /api/users/@me');
    return false;
  } catch (problem) {
    return problem instanceof ApiProblem && problem.status === 401;
  }
}
