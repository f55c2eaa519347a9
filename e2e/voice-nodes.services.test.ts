import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Snowflake } from '@harmonium/api/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPostgres } from '../api/testing/postgres.ts';
import { startRedis } from '../api/testing/redis.ts';
import { freePort, type FragileService } from '../api/testing/service.ts';
import { readEnvironment } from '../api/src/config.ts';
import { voiceNodes } from '../deploy/doctor/checks/voice-nodes.ts';
import { freePort as freeMediaPort } from '../sfu/src/testing/free-port.ts';
import { openSignalling, type Signalling } from '../web/src/voice/signalling.ts';
import { CallWatch } from './chaos/call-watch.ts';
import { Part } from './chaos/part.ts';
import { Person } from './chaos/person.ts';

/* Two nodes carry calls, with an api, rooms and a real Redis beside them. */

const SECRET = 'the secret of several voice nodes';
/** A node that was killed is noticed at the first click; the rest is the machine's. */
const BACK_WITHIN_MS = 5_000;
const SOON = { timeout: 20_000, interval: 20 };

/** Somebody in a call as the app is, as far as signalling goes. */
class Caller {
  readonly person: Person;
  readonly channelId: Snowflake;
  /** Where their socket leads; undefined while they are in no call. */
  node: string | undefined;
  /** How often they were in no call. */
  gaps = 0;
  #signalling: Signalling | undefined;
  #hungUp = false;

  constructor(person: Person, channelId: Snowflake) {
    this.person = person;
    this.channelId = channelId;
    void this.#join();
  }

  hangUp(): void {
    this.#hungUp = true;
    this.node = undefined;
    this.#signalling?.close();
  }

  async #join(): Promise<void> {
    try {
      const params = { id: this.channelId };
      const address = await this.person.call('POST /api/channels/:id/voice', { params });
      if (this.#hungUp) return;
      const before = this.#signalling;
      const signalling = openSignalling(address, {
        onNotification: ({ method }) => {
          // Only now the one before is let go: nobody sees them leave.
          if (method === 'welcome') {
            before?.close();
            this.#signalling = signalling;
            this.node = new URL(address.url).host;
          }
          if (method === 'nodeClosing') void this.#join();
        },
        onClose: () => this.#comeBack(signalling),
      });
      this.#signalling ??= signalling;
    } catch {
      this.#comeBack(undefined);
    }
  }

  #comeBack(lost: Signalling | undefined): void {
    if (lost === this.#signalling) {
      this.#signalling = undefined;
      if (this.node !== undefined) this.gaps += 1;
      this.node = undefined;
    }
    if (!this.#hungUp) setTimeout(() => void this.#join(), 100);
  }
}

describe('calls on several nodes', () => {
  let folder: string;
  let postgres: FragileService;
  let redis: FragileService;
  let api: Part;
  let rooms: Part;
  let nodes: Part[];
  let people: Person[];
  let lounge: Snowflake;
  let attic: Snowflake;
  let watch: CallWatch;
  let callers: Caller[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'harmonium-nodes-'));
    [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
    const [apiPort, roomsPort] = [await freePort(), await freePort()];
    const at = (port: number) => `http://127.0.0.1:${port}`;
    const shared = {
      NODE_ENV: 'development',
      JWT_SECRET: SECRET,
      JWT_REFRESH_SECRET: `${SECRET}, refreshed`,
      RATE_LIMIT_SCALE: '1000',
      API_URL: at(apiPort),
      ROOMS_URL: at(roomsPort),
      REDIS_URL: redis.url,
      DATABASE_URL: postgres.url,
      // Nobody is there.
      SFU_URL: at(1),
    };
    const stored = { DATA_DIR: folder };
    api = new Part(
      'nodes-api',
      'api/src/node.ts',
      apiPort,
      { ...shared, ...stored },
      {
        answersForAll: true,
      },
    );
    rooms = new Part('nodes-rooms', 'rooms/src/main.ts', roomsPort, { ...shared, ...stored });
    nodes = await Promise.all(
      ['one', 'two'].map(async (name) => {
        const port = await freePort();
        return new Part(`nodes-sfu-${name}`, 'sfu/src/main.ts', port, {
          ...shared,
          SFU_NODE_URL: at(port),
          SFU_PUBLIC_URL: at(port),
          SFU_PORT: String(await freeMediaPort()),
          SFU_WORKERS: '1',
        });
      }),
    );
    await Promise.all([api.start(), rooms.start(), ...nodes.map((node) => node.start())]);
    people = ['anna', 'ben', 'cleo'].map((name) => new Person(name, api.url));
    await Promise.all(people.map((one) => one.register()));
    await settle();
    watch = new CallWatch(personAt(0), serverId, rooms.url.replace(/^http/, 'ws'));
  });

  afterAll(async () => {
    for (const caller of callers) caller.hangUp();
    watch?.close();
    await Promise.all([...(nodes ?? []), rooms, api].map((part) => part?.stop('SIGKILL')));
    await Promise.all([postgres?.close(), redis?.close()]);
    await rm(folder, { recursive: true, force: true });
  });

  let serverId: Snowflake;
  async function settle(): Promise<void> {
    const view = await personAt(0).call('POST /api/servers', { body: { name: 'Home' } });
    serverId = view.server.id;
    const params = { id: serverId };
    lounge = view.channels.find(({ type }) => type === 'voice')?.id ?? serverId;
    const body = { name: 'Attic', type: 'voice' as const };
    attic = (await personAt(0).call('POST /api/servers/:id/channels', { params, body })).id;
    const { code } = await personAt(0).call('POST /api/servers/:id/invites', { params, body: {} });
    for (const guest of people.slice(1)) {
      await guest.call('POST /api/invites/:code', { params: { code } });
    }
  }

  function personAt(at: number): Person {
    const found = people[at];
    if (found === undefined) throw new Error('There is no such person.');
    return found;
  }

  const isKnown = async (node: Part): Promise<boolean> => {
    const metrics = await (await fetch(`${node.url}/metrics`)).text();
    return /^harmonium_sfu_beats_heard_total [1-9]/m.test(metrics);
  };
  const partOf = ({ node }: Caller): Part => {
    const part = nodes.find(({ url }) => new URL(url).host === node);
    if (part === undefined) throw new Error('They are in no call.');
    return part;
  };
  const idsOf = (some: Caller[]) => some.map((caller) => caller.person.userId);
  const places = () => callers.map(({ node }) => node);

  /** That these, and no others, are in calls and shown so. */
  async function allIn(some = callers): Promise<void> {
    await expect.poll(() => some.every(({ node }) => node !== undefined), SOON).toBe(true);
    await expect.poll(() => watch.shows(idsOf(some)), SOON).toBe(true);
  }

  test('two who click at once land on one node, and another call on the other', async () => {
    await expect.poll(async () => Promise.all(nodes.map(isKnown)), SOON).toEqual([true, true]);
    callers = [new Caller(personAt(0), lounge), new Caller(personAt(1), lounge)];
    await allIn();
    callers.push(new Caller(personAt(2), attic));
    await allIn();
    const [first, second, third] = places();
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  test('the doctor looks at each of them', async () => {
    const environment = readEnvironment({ REDIS_URL: redis.url });
    const findings = await voiceNodes({ environment, health: undefined });
    expect(findings.map(({ about, state }) => `${about}: ${state}`)).toEqual([
      'voice node: ok',
      'voice node: ok',
    ]);
    const says = findings.map((finding) => finding.says).join();
    for (const { url } of nodes) expect(says).toContain(url);
  });

  test('a node that stops sends its people on, and nobody seems to leave', async () => {
    const [anna, , cleo] = callers;
    if (anna === undefined || cleo === undefined) throw new Error('Nobody is in a call.');
    const stopping = partOf(anna);
    const other = cleo.node;
    let least = callers.length;
    const look = setInterval(() => (least = Math.min(least, watch.count)), 5);
    const began = performance.now();
    await stopping.stop();
    console.log(`a node was emptied and ended after ${Math.round(performance.now() - began)} ms`);
    await allIn();
    // Also after the one before told the room all it had to tell.
    await new Promise((resolve) => setTimeout(resolve, 500));
    clearInterval(look);
    expect(places()).toEqual([other, other, other]);
    expect(callers.map(({ gaps }) => gaps)).toEqual([0, 0, 0]);
    expect([least, watch.count]).toEqual([3, 3]);
    await stopping.start();
    await expect.poll(() => isKnown(stopping), SOON).toBe(true);
  });

  test('a killed node is a moment', async () => {
    const [anna, ben] = callers;
    if (anna === undefined || ben === undefined) throw new Error('Nobody.');
    const dead = partOf(anna);
    const began = performance.now();
    await dead.stop('SIGKILL');
    const back = () => [anna, ben].every(({ node }) => node !== undefined);
    await expect.poll(() => anna.node !== new URL(dead.url).host && back(), SOON).toBe(true);
    const took = performance.now() - began;
    console.log(`a killed node: everyone is in the call again after ${Math.round(took)} ms`);
    expect(took).toBeLessThan(BACK_WITHIN_MS);
    expect(anna.node).toBe(ben.node);
    expect(anna.node).not.toBe(new URL(dead.url).host);
    await allIn();
    await dead.start();
    await expect.poll(() => isKnown(dead), SOON).toBe(true);
  });

  test('calls go on and begin while the cache is away', async () => {
    await redis.stop();
    callers.pop()?.hangUp();
    callers.push(new Caller(personAt(2), lounge));
    await allIn();
    expect(new Set(places()).size).toBe(1);
    await redis.start();
  });

  test('a kick reaches the call on whichever node it is', async () => {
    const [, ben] = callers;
    if (ben === undefined) throw new Error('Nobody.');
    const params = { id: serverId, uid: ben.person.userId };
    await personAt(0).call('DELETE /api/servers/:id/members/:uid', { params });
    ben.hangUp();
    callers = callers.filter((caller) => caller !== ben);
    await allIn();
  });
});
