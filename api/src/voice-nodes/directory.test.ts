import { createSnowflakes } from '@harmonium/api/ids';
import type { VoiceNode } from '@harmonium/api/internal';
import { beforeEach, describe, expect, test } from 'vitest';
import { createMemoryCache } from '../adapters/cache-memory.ts';
import { createDirectory, type Directory } from './directory.ts';

const ids = createSnowflakes({ node: 1, now: Date.now });
const [LOUNGE, ATTIC] = [ids.next(), ids.next()];
const [A, B] = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'];

let clock: number;
let directory: Directory;
beforeEach(() => {
  clock = 0;
  directory = createDirectory(createMemoryCache({ now: () => clock }));
});

function node(id: string, rest: Partial<VoiceNode> = {}): VoiceNode {
  const internalUrl = `http://${id.slice(-1)}.test`;
  return { id, internalUrl, peers: 0, load: 0, draining: false, calls: [], ...rest };
}
const there = async () => (await directory.nodes()).map(({ id }) => id);

describe('who is there', () => {
  test('every node that spoke, as it spoke last', async () => {
    await Promise.all([directory.beat(node(A)), directory.beat(node(B))]);
    await directory.beat(node(A, { peers: 3 }));
    expect(await directory.nodes()).toEqual([node(A, { peers: 3 }), node(B)]);
  });

  test('nobody who was silent for ten seconds', async () => {
    await directory.beat(node(A));
    clock += 9_000;
    await directory.beat(node(B));
    expect(await there()).toEqual([A, B]);
    clock += 1_000;
    expect(await there()).toEqual([B]);
    await directory.beat(node(A));
    expect(await there()).toEqual([A, B]);
  });

  test('who does not answer is forgotten until it speaks again', async () => {
    await directory.beat(node(A));
    await directory.forget(A);
    expect(await there()).toEqual([]);
    await directory.beat(node(A));
    expect(await there()).toEqual([A]);
  });

  test('who emptied itself is gone with its last word', async () => {
    await Promise.all([directory.beat(node(A)), directory.beat(node(B))]);
    await directory.beat(node(A, { draining: true, calls: [LOUNGE] }));
    expect(await there()).toEqual([A, B]);
    expect(await directory.beat(node(A, { draining: true }))).toMatchObject({ others: true });
    expect(await there()).toEqual([B]);
  });

  test('a node hears whether there are others, of those that take calls', async () => {
    expect(await directory.beat(node(A))).toMatchObject({ others: false });
    expect(await directory.beat(node(B))).toMatchObject({ others: true });
    await directory.beat(node(A, { draining: true }));
    expect(await directory.beat(node(B))).toMatchObject({ others: false });
  });
});

describe('a call', () => {
  test('is settled on one node, however many ask at once', async () => {
    const wishes = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? A : B));
    const settled = await Promise.all(
      wishes.map((wish) => directory.hold(LOUNGE, (claimed) => claimed ?? wish)),
    );
    expect(new Set(settled).size).toBe(1);
    expect(await directory.hold(ATTIC, (claimed) => claimed ?? B)).toBe(B);
  });

  test('is settled anew on a better one', async () => {
    await directory.hold(LOUNGE, () => A);
    expect(await directory.hold(LOUNGE, () => B)).toBe(B);
    expect(await directory.hold(LOUNGE, (claimed) => claimed)).toBe(B);
  });

  test('that no node can have is settled on none', async () => {
    expect(await directory.hold(LOUNGE, () => undefined)).toBeUndefined();
  });

  test('stays settled for as long as a ticket to it is good', async () => {
    await directory.hold(LOUNGE, () => A);
    clock += 59_000;
    expect(await directory.hold(LOUNGE, (claimed) => claimed)).toBe(A);
    clock += 60_000;
    expect(await directory.hold(LOUNGE, (claimed) => claimed)).toBeUndefined();
  });
});

describe('a call that two nodes have', () => {
  const both = async () => {
    await directory.beat(node(A, { calls: [LOUNGE, ATTIC] }));
    const b = await directory.beat(node(B, { calls: [LOUNGE] }));
    const a = await directory.beat(node(A, { calls: [LOUNGE, ATTIC] }));
    return [a.elsewhere, b.elsewhere];
  };

  test('stays where it was settled last', async () => {
    await directory.hold(LOUNGE, () => B);
    expect(await both()).toEqual([[LOUNGE], []]);
    await directory.hold(LOUNGE, () => A);
    expect(await both()).toEqual([[], [LOUNGE]]);
  });

  test('stays with one of them where nobody remembers', async () => {
    expect(await both()).toEqual([[], [LOUNGE]]);
  });

  test('stays where it went while the other one still empties', async () => {
    await directory.beat(node(A, { calls: [LOUNGE], draining: true }));
    expect(await directory.beat(node(B, { calls: [LOUNGE] }))).toMatchObject({ elsewhere: [] });
  });
});
