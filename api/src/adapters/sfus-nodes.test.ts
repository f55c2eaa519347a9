import { createSnowflakes } from '@harmonium/api/ids';
import type { VoiceNode } from '@harmonium/api/internal';
import { createServiceTokens } from '@harmonium/api/service-token';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Cache } from '../cache.ts';
import { createDirectory } from '../voice-nodes/directory.ts';
import { createMemoryCache } from './cache-memory.ts';
import { createHttpSfus } from './sfus-http.ts';

const ids = createSnowflakes({ node: 1, now: Date.now });
const serviceTokens = createServiceTokens('a secret for tests', Date.now);
const ORIGIN = 'https://chat.example';
const [A, B] = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'];
const [URL_A, URL_B] = ['http://a.test', 'http://b.test'];
const LOUNGE = ids.next();

let clock: number;
let isCacheAway: boolean;
let down: Set<string>;
let asked: string[];
let answers: Record<string, object>;
/** The process at each address. */
let running: Record<string, string>;
let cache: Cache;
let forgetAll: () => Promise<void>;
beforeEach(() => {
  [clock, isCacheAway, down, asked, answers] = [0, false, new Set(), [], {}];
  running = { [URL_A]: A, [URL_B]: B };
  const inner = createMemoryCache({ now: () => clock });
  forgetAll = () => inner.close();
  cache = failing(inner, () => isCacheAway);
});

function failing(inner: Cache, isAway: () => boolean): Cache {
  return new Proxy(inner, {
    get(target, name: keyof Cache) {
      if (isAway()) return () => Promise.reject(new Error('away'));
      return target[name];
    },
  });
}

const open = () =>
  createHttpSfus({
    url: 'http://single.test',
    cache,
    serviceTokens,
    now: () => clock,
    async fetch(url) {
      const { origin, pathname } = new URL(url);
      if (down.has(origin)) throw new Error('connection refused');
      asked.push(origin + pathname);
      if (pathname === '/health') return Response.json({ id: running[origin] });
      return Response.json(answers[origin] ?? {});
    },
  });

function beat(id: string, internalUrl: string, rest: Partial<VoiceNode> = {}) {
  const node = { id, internalUrl, peers: 0, load: 0, draining: false, calls: [], ...rest };
  return createDirectory(cache).beat(node);
}

describe('where a call goes', () => {
  it('is one node for all who come, through whichever api', async () => {
    await Promise.all([beat(A, URL_A), beat(B, URL_B)]);
    const chosen = await Promise.all(
      Array.from({ length: 10 }, () => open().choose(LOUNGE, ORIGIN)),
    );
    expect(new Set(chosen.map((choice) => 'node' in choice && choice.node)).size).toBe(1);
  });

  it('is another node for another call, by how many are there and are sent there', async () => {
    await Promise.all([beat(A, URL_A), beat(B, URL_B)]);
    const sfus = open();
    const chosen = [
      await sfus.choose(ids.next(), ORIGIN),
      await sfus.choose(ids.next(), ORIGIN),
      await sfus.choose(ids.next(), ORIGIN),
      await sfus.choose(ids.next(), ORIGIN),
    ];
    expect(chosen.filter((choice) => 'node' in choice && choice.node === A)).toHaveLength(2);
  });

  it('is where the node says that browsers reach it, or where they came by', async () => {
    await beat(A, URL_A);
    expect(await open().choose(LOUNGE, ORIGIN)).toEqual({
      url: 'wss://chat.example/sfu',
      node: A,
    });
    await beat(A, URL_A, { publicUrl: 'https://voice.example' });
    expect(await open().choose(LOUNGE, ORIGIN)).toEqual({
      url: 'wss://voice.example/sfu',
      node: A,
    });
  });

  it('is another node at once when the one that held it does not answer', async () => {
    await Promise.all([beat(A, URL_A, { calls: [LOUNGE] }), beat(B, URL_B, { peers: 9 })]);
    const sfus = open();
    expect(await sfus.choose(LOUNGE, ORIGIN)).toMatchObject({ node: A });
    down.add(URL_A);
    clock += 1_000;
    expect(await sfus.choose(LOUNGE, ORIGIN)).toMatchObject({ node: B });
    expect(await open().choose(LOUNGE, ORIGIN)).toMatchObject({ node: B });
  });

  it('is the node that did not answer as soon as it has spoken again', async () => {
    await beat(A, URL_A, { calls: [LOUNGE] });
    const sfus = open();
    down.add(URL_A);
    expect(await sfus.choose(LOUNGE, ORIGIN)).toEqual({
      reason: 'The voice server does not answer.',
    });
    down.delete(URL_A);
    await beat(A, URL_A);
    expect(await sfus.choose(LOUNGE, ORIGIN)).toMatchObject({ node: A });
  });

  it('is another node when at the address of the one that held it another process answers', async () => {
    await Promise.all([beat(A, URL_A, { calls: [LOUNGE] }), beat(B, URL_B, { peers: 9 })]);
    running[URL_A] = '00000000-0000-4000-8000-00000000000c';
    expect(await open().choose(LOUNGE, ORIGIN)).toMatchObject({ node: B });
  });

  it('is another node when the one that holds it is emptied', async () => {
    await Promise.all([beat(A, URL_A), beat(B, URL_B, { peers: 9 })]);
    const sfus = open();
    expect(await sfus.choose(LOUNGE, ORIGIN)).toMatchObject({ node: A });
    await beat(A, URL_A, { draining: true, calls: [LOUNGE] });
    expect(await sfus.choose(LOUNGE, ORIGIN)).toMatchObject({ node: B });
  });

  it('is nowhere, in words, while all nodes are emptied or none answers', async () => {
    await beat(A, URL_A, { draining: true, calls: [ids.next()] });
    const sfus = open();
    const restarting = {
      reason: 'The voice server is being started again. It will be back in a moment.',
    };
    expect(await sfus.choose(LOUNGE, ORIGIN)).toEqual(restarting);
    expect(await sfus.trouble()).toEqual(restarting);
    await beat(A, URL_A);
    down.add(URL_A);
    expect(await sfus.choose(LOUNGE, ORIGIN)).toEqual({
      reason: 'The voice server does not answer.',
    });
  });

  it('is the node of SFU_URL while none has said that it is there', async () => {
    expect(await open().choose(LOUNGE, ORIGIN)).toEqual({ url: 'wss://chat.example/sfu' });
    expect(asked).toEqual(['http://single.test/health']);
  });
});

describe('while the cache is away', () => {
  it('calls go on where they were, and new ones begin', async () => {
    await Promise.all([beat(A, URL_A), beat(B, URL_B, { calls: [LOUNGE], peers: 9 })]);
    const sfus = open();
    await sfus.trouble();
    isCacheAway = true;
    clock += 60_000;
    expect(await sfus.choose(LOUNGE, ORIGIN)).toMatchObject({ node: B });
    expect(await sfus.choose(ids.next(), ORIGIN)).toMatchObject({ node: A });
    down.add(URL_B);
    clock += 1_000;
    expect(await sfus.choose(LOUNGE, ORIGIN)).toMatchObject({ node: A });
    expect(await sfus.trouble()).toBeUndefined();
  });

  it('or forgot everything, calls stay where they are', async () => {
    await Promise.all([beat(A, URL_A), beat(B, URL_B, { calls: [LOUNGE], peers: 9 })]);
    const sfus = open();
    await sfus.trouble();
    await forgetAll();
    expect(await sfus.choose(LOUNGE, ORIGIN)).toMatchObject({ node: B });
  });

  it('an api that knows of no node asks the one of SFU_URL', async () => {
    isCacheAway = true;
    expect(await open().trouble()).toBeUndefined();
    expect(await open().choose(LOUNGE, ORIGIN)).toEqual({ url: 'wss://chat.example/sfu' });
  });
});

describe('what holds for somebody in calls', () => {
  const place = { userId: ids.next(), channelId: LOUNGE };

  it('is told to every node, and what they answer is put together', async () => {
    await Promise.all([beat(A, URL_A), beat(B, URL_B, { draining: true, calls: [LOUNGE] })]);
    const other = { ...place, userId: ids.next() };
    answers = { [URL_A]: [place], [URL_B]: [other] };
    expect(await open().accessChanged({ serverId: ids.next() })).toEqual([place, other]);
    answers = { [URL_A]: { moved: false }, [URL_B]: { moved: true } };
    expect(await open().move({ ...place, to: ids.next() })).toBe(true);
    expect(asked.toSorted()).toEqual([
      `${URL_A}/sfu/access-changed`,
      `${URL_A}/sfu/move`,
      `${URL_B}/sfu/access-changed`,
      `${URL_B}/sfu/move`,
    ]);
  });

  it('is not taken for told while a node that may hold them does not answer', async () => {
    await Promise.all([beat(A, URL_A), beat(B, URL_B)]);
    const sfus = open();
    down.add(URL_B);
    await expect(sfus.disconnect({ userId: place.userId })).rejects.toThrow('refused');
    clock += 10_000;
    await beat(A, URL_A);
    await sfus.disconnect({ userId: place.userId });
    expect(asked).toEqual([`${URL_A}/sfu/disconnect`, `${URL_A}/sfu/disconnect`]);
  });

  it('is not asked of a node that emptied itself and is gone', async () => {
    const calls = [LOUNGE];
    await Promise.all([beat(A, URL_A), beat(B, URL_B, { draining: true, calls })]);
    const sfus = open();
    await sfus.disconnect({ userId: place.userId });
    await beat(B, URL_B, { draining: true });
    down.add(URL_B);
    await sfus.disconnect({ userId: place.userId });
    expect(asked).toHaveLength(3);
  });
});
