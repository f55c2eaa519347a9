import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Snowflake } from '@harmonium/api/ids';
import { Departures } from './departures.ts';
import { CallBench, LOUNGE, voiceTicket, type Client } from './testing/call-bench.ts';

/* People are sent on to other nodes. */

const ATTIC = '300' as Snowflake; // A literal snowflake.

let bench: CallBench;
let departures: Departures;
beforeEach(async () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 23) });
  bench = await CallBench.open();
  departures = new Departures({ calls: () => bench.calls.all, now: bench.now });
});
afterEach(() => {
  departures.close();
  bench.close();
  vi.useRealTimers();
});

async function crowd(count: number, channelId: Snowflake): Promise<Client[]> {
  const people: Client[] = [];
  for (let at = 0; at < count; at += 1) {
    const name = String.fromCharCode(0x4e00 + at) + channelId;
    const user = { ...voiceTicket('a').user, id: `${channelId}${at}` as Snowflake, username: name };
    people.push(await bench.join(name, { channelId, user }));
  }
  return people;
}
const told = (people: Client[]) => people.filter((one) => one.heard('nodeClosing').length > 0);

test('in waves, those of one call together', async () => {
  const lounge = await crowd(15, LOUNGE);
  const attic = await crowd(15, ATTIC);
  void departures.sendAllOn(20_000);
  expect([told(lounge).length, told(attic).length]).toEqual([15, 5]);
  await vi.advanceTimersByTimeAsync(250);
  expect(told(attic)).toHaveLength(15);
  await vi.advanceTimersByTimeAsync(5_000);
  expect([...lounge, ...attic].map((one) => one.heard('nodeClosing').length)).toEqual(
    Array.from({ length: 30 }, () => 1),
  );
});

test('nobody is cut off who has not gone by themselves, until their time is over', async () => {
  const [anna, ben] = await crowd(2, LOUNGE);
  void departures.sendAllOn(60_000);
  await vi.advanceTimersByTimeAsync(19_000);
  expect(anna?.ended).toBeUndefined();
  anna?.connection.end('left');
  await vi.advanceTimersByTimeAsync(2_000);
  expect([anna?.ended, ben?.ended]).toEqual(['left', 'going_away']);
});

test('it is over when everyone is gone', async () => {
  const people = await crowd(3, LOUNGE);
  const over = vi.fn<() => void>();
  void departures.sendAllOn(20_000).then(over);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(over).not.toHaveBeenCalled();
  for (const one of people) one.connection.end('left');
  await vi.advanceTimersByTimeAsync(500);
  expect(over).toHaveBeenCalledOnce();
});

test('it is over when its time is, whoever is left', async () => {
  const [anna] = await crowd(1, LOUNGE);
  const over = vi.fn<() => void>();
  void departures.sendAllOn(10_000).then(over);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(over).toHaveBeenCalledOnce();
  expect(anna?.ended).toBeUndefined();
});

test('who came a moment before is told, too', async () => {
  await crowd(1, LOUNGE);
  void departures.sendAllOn(20_000);
  const late = await bench.join('late');
  await vi.advanceTimersByTimeAsync(250);
  expect(told([late])).toHaveLength(1);
});

test('of one call only, when only that goes on elsewhere', async () => {
  const lounge = await crowd(2, LOUNGE);
  const attic = await crowd(2, ATTIC);
  departures.sendOn([ATTIC]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect([told(lounge).length, told(attic).length]).toEqual([0, 2]);
  for (const one of attic) one.connection.end('left');
  await vi.advanceTimersByTimeAsync(1_000);
  // The call may be this node's again.
  const [back] = await crowd(1, ATTIC);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(back && told([back])).toEqual([]);
});

test('a node without anybody is empty at once', async () => {
  await departures.sendAllOn(20_000);
});
