import { createClient, type RequestParts } from '@harmonium/api/client';
import { endpoints, type EndpointKey } from '@harmonium/api/endpoints';
import { Permission } from '@harmonium/api/permissions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MEMBERS, PEOPLE, type Who } from './people.ts';
import { asked, type Place } from './place.ts';
import { expected, type RestCase } from './rest-case.ts';
import { REST } from './rest-table.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
}, 120_000);
afterAll(() => world.close());

interface Case extends RestCase {
  key: EndpointKey;
  name: string;
}

/** Every use of every route. */
const CASES: Case[] = (Object.keys(endpoints) as EndpointKey[]).flatMap((key) => {
  const cases = [REST[key]].flat() as RestCase[]; // Each of its own route.
  return cases.map((one) => Object.assign({ key, name: one.as ? `${key}, ${one.as}` : key }, one));
});

interface Answered {
  outcome: string;
  status: number;
  /** The whole of it but what names this very request. */
  whole: string;
}

async function ask({ key }: Case, who: Who, parts: RequestParts<EndpointKey>): Promise<Answered> {
  let answer: { status: number; whole: string } = { status: 0, whole: '' };
  const fetch = async (url: string, init: RequestInit) => {
    const response = await world.app.fetch(url, init);
    const copy = response.clone();
    const text = (await copy.text()).replace(/"requestId":"[^"]*"/, '');
    const headers = [...copy.headers].filter(([name]) => !PASSING_HEADERS.test(name));
    answer = { status: copy.status, whole: JSON.stringify([copy.status, headers, text]) };
    return response;
  };
  const call = createClient({ baseUrl: '', fetch, token: () => tokenOf(who) });
  const outcome = await call(key as 'GET /api/config', parts as undefined).then(
    () => 'yes',
    (problem: { code: string }) => problem.code,
  );
  return { outcome, ...answer };
}

const PASSING_HEADERS = /^(x-request-id|ratelimit|x-ratelimit|date)/;

function tokenOf(who: Who): string | undefined {
  if (who === 'nobody') return undefined;
  return who === 'service' ? world.serviceToken : world.people[who].accessToken;
}

const bitsOf = (set: bigint) => Object.values(Permission).filter((bit) => (set & bit) !== 0n);
const reads = ({ key }: Case) => key.startsWith('GET ');
/** What rooms write is stored a moment later. */
const goesThroughRoom = (one: Case) => /\/(messages|pins)/.test(one.key) && !reads(one);

/** What everyone is answered; fails where somebody who was refused changed something all the same. */
async function tryAll(one: Case, lacked: bigint, people: Who[]): Promise<Record<string, string>> {
  const outcomes: Record<string, string> = {};
  const attempt = async (who: Who) => {
    outcomes[who] = (await ask(one, who, one.asks(asked(world, who)))).outcome;
    if (goesThroughRoom(one)) await world.settle();
  };
  const changes = (who: Who) => expected(one)[who] === 'yes' && !reads(one);
  const harmless = people.filter((who) => !changes(who));
  await begin(one, lacked);
  const before = await world.fingerprint();
  for (const who of harmless) await attempt(who);
  expect(await world.fingerprint(), `one of ${harmless.join()} changed something`).toBe(before);
  expect(world.told, 'rooms were told of what was refused').toEqual([]);
  for (const who of people.filter(changes)) {
    await begin(one, lacked);
    await attempt(who);
  }
  return outcomes;
}

async function begin({ needs = 0n }: RestCase, lacked: bigint): Promise<void> {
  await world.restore();
  await world.need(needs, lacked);
}

describe('who may use', () => {
  test.each(CASES)('$name', { timeout: 60_000 }, async (one) => {
    const [first = 0n, ...more] = bitsOf(one.needs ?? 0n);
    const everyone = Object.keys(PEOPLE) as Who[];
    const outcomes = expected(one);
    expect(await tryAll(one, first, everyone)).toEqual(outcomes);
    // Each permission that is needed is missed.
    for (const lacked of more) {
      expect(await tryAll(one, lacked, ['without'])).toEqual({ without: outcomes.without });
    }
  });
});

test(
  'what is hidden is answered byte by byte as what is not there',
  { timeout: 120_000 },
  async () => {
    await world.restore();
    const people = Object.keys(PEOPLE) as Who[];
    let compared = 0;
    for (const one of CASES) {
      await world.need(one.needs ?? 0n, 0n);
      const outcomes = expected(one);
      const hidden = people.filter((who) => outcomes[who].endsWith('not_found'));
      for (const who of hidden) {
        const there = await ask(one, who, one.asks(asked(world, who)));
        const parts = one.asks({ ...asked(world, who), ...nowhere() });
        expect(await ask(one, who, parts), `${one.name} by ${who}`).toEqual(there);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(300);
  },
);

/** Ids that nothing has. */
function nowhere(): Place {
  const id = () => world.app.deps.ids.next();
  const names = Object.keys(world.home) as (keyof Place)[];
  const ids = Object.fromEntries(names.map((name) => [name, id()]));
  return { ...(ids as unknown as Place), targetName: 'no such person', inviteCode: 'nosuchcode' };
}

test('nothing of another server is reached by way of the own', { timeout: 120_000 }, async () => {
  const reached: string[] = [];
  let tried = 0;
  for (const one of CASES.filter(({ where }) => where !== 'service')) {
    await begin(one, 0n);
    const before = await world.fingerprint();
    const place = asked(world, 'owner');
    const own = JSON.stringify(one.asks(place));
    for (const name of Object.keys(world.elsewhere) as (keyof Place)[]) {
      const parts = one.asks({ ...place, [name]: world.elsewhere[name] });
      if (JSON.stringify(parts) === own || one.mixes?.includes(name) === true) continue;
      const { outcome } = await ask(one, 'owner', parts);
      tried += 1;
      if (outcome === 'yes') reached.push(`${one.name} with ${name} of another`);
      if (goesThroughRoom(one)) await world.settle();
      expect(await world.fingerprint(), `${one.name} with ${name}`).toBe(before);
    }
  }
  expect(reached).toEqual([]);
  expect(tried).toBeGreaterThan(80);
});

test('everyone in the table is tried, and everyone of the members is a member', async () => {
  await world.restore();
  const params = { id: world.home.serverId };
  const members = await world.people.owner.call('GET /api/servers/:id/members', { params });
  expect(members.map(({ user }) => user.username).toSorted()).toEqual(MEMBERS.toSorted());
});
