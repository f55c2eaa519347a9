import type { Client } from '@harmonium/api/client';
import { Snowflake } from '@harmonium/api/ids';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAddresses } from './addresses.ts';
import type { Addresses } from './addresses.ts';

const HOUR_MS = 60 * 60_000;
let asked: string[][];
let gone: Set<string>;
let isAway: boolean;
let addresses: Addresses;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  asked = [];
  gone = new Set();
  isAway = false;
  const answer = (_: string, parts: unknown): unknown => {
    const { ids } = (parts as { body: { ids: string[] } }).body; // As the endpoint has it.
    asked.push(ids);
    if (isAway) throw new Error('away');
    const expiresAt = new Date(Date.now() + HOUR_MS).toISOString();
    const url = `/files/${asked.length}`;
    return ids
      .filter((id) => !gone.has(id))
      .map((id) => ({ id, url, downloadUrl: url, expiresAt }));
  };
  // Answers what the one endpoint that is asked for answers.
  const call = ((endpoint: string, parts: unknown) =>
    Promise.resolve().then(() => answer(endpoint, parts))) as Client;
  addresses = createAddresses({ call, now: () => Date.now() });
});
afterEach(() => {
  addresses.close();
  vi.useRealTimers();
});

const hold = (id: number) => addresses.hold('1', Snowflake.parse(String(id)));
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('what is drawn together is asked for together, and once', async () => {
  const held = [1, 2, 3].map(hold);
  hold(2);
  await pass(50);
  expect(asked).toEqual([['1', '2', '3']]);
  expect(held.map(({ state }) => state())).toMatchObject([{ id: '1' }, { id: '2' }, { id: '3' }]);
  hold(1);
  await pass(50);
  expect(asked).toHaveLength(1);
});

test('no more is asked for at once than may be', async () => {
  for (let id = 1; id <= 150; id += 1) hold(id);
  await pass(50);
  expect(asked.map((ids) => ids.length)).toEqual([100, 50]);
});

test('what is not there is gone', async () => {
  gone.add('2');
  const [one, two] = [hold(1), hold(2)];
  await pass(50);
  expect([one.state(), two.state()]).toMatchObject([{ id: '1' }, 'gone']);
});

test('an address in use is asked for anew before it ends, one that nobody uses is not', async () => {
  hold(1);
  hold(2).release();
  await pass(HOUR_MS);
  expect(asked).toEqual([['1', '2'], ['1']]);
});

test('one that does not work is asked for again, once', async () => {
  const held = hold(1);
  await pass(50);
  expect(held.complain()).toBe(true);
  expect(held.complain()).toBe(false);
  await pass(50);
  expect(asked).toEqual([['1'], ['1']]);
});

test('a server that was away is asked again', async () => {
  isAway = true;
  const held = hold(1);
  await pass(50);
  expect(held.state()).toBe('asked');
  isAway = false;
  await pass(6_000);
  expect(held.state()).toMatchObject({ id: '1' });
});
