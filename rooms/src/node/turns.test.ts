import { expect, test, vi } from 'vitest';
import { costOf, framesATick } from './share.ts';
import { Turns, type Waiting } from './turns.ts';

const room = (waiting: number, size: number, restUntil = 0): Waiting => ({
  waiting,
  size,
  restUntil,
});
const small = () => room(2, 3);
const flooded = () => room(5_000, 500);

function turns(tick: () => void = () => {}) {
  return new Turns<Waiting>(tick);
}
const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test('what arrives together is one tick', async () => {
  const tick = vi.fn<() => void>();
  const waiting = turns(tick);
  for (let at = 0; at < 50; at += 1) waiting.add(small());
  await later(5);
  expect(tick).toHaveBeenCalledTimes(1);
  expect(waiting.take()).toHaveLength(50);
});

test('small rooms are in every tick, and before large ones', () => {
  const waiting = turns();
  const [one, large, other] = [small(), flooded(), small()];
  for (const each of [large, one, other]) waiting.add(each);
  expect(waiting.take()).toEqual([one, other, large]);
});

test('flooded rooms take turns, and none is forgotten', () => {
  const waiting = turns();
  const three = [flooded(), flooded(), flooded()];
  for (const each of three) waiting.add(each);
  const seen: Waiting[] = [];
  for (let tick = 0; tick < 6; tick += 1) {
    const taken = waiting.take();
    expect(taken).toHaveLength(1);
    seen.push(...taken);
    // It has not come to an end of what it was told.
    for (const each of taken) waiting.add(each);
  }
  expect(seen.every((each, at) => each === three[at % 3])).toBe(true);
});

test('busy rooms share a tick as far as they fit', () => {
  const waiting = turns();
  for (let at = 0; at < 20; at += 1) waiting.add(room(20, 100));
  const taken = waiting.take();
  expect(taken.length).toBeGreaterThan(3);
  expect(taken.length).toBeLessThan(20);
  expect(taken.length * costOf(20, 100)).toBeLessThanOrEqual(10_000);
});

test('those who did not fit have the next tick without being called again', async () => {
  let left = 5;
  const waiting = turns(() => (left -= waiting.take().length));
  for (let at = 0; at < 5; at += 1) waiting.add(flooded());
  await vi.waitFor(() => expect(left).toBe(0));
});

test('a room rests alone: its neighbours have their ticks meanwhile', async () => {
  const ticks: Waiting[][] = [];
  const waiting = turns(() => ticks.push(waiting.take()));
  const resting = room(1, 500, performance.now() + 30);
  const neighbour = small();
  waiting.add(resting);
  waiting.add(neighbour);
  await later(10);
  expect(ticks).toEqual([[neighbour]]);
  await later(40);
  expect(ticks).toEqual([[neighbour], [resting]]);
});

test('of two that rest the one that is up first is first', async () => {
  const ticks: Waiting[][] = [];
  const waiting = turns(() => ticks.push(waiting.take()));
  const [long, short] = [
    room(1, 500, performance.now() + 60),
    room(1, 100, performance.now() + 10),
  ];
  waiting.add(long);
  waiting.add(short);
  await later(35);
  expect(ticks.flat()).toEqual([short]);
  await later(60);
  expect(ticks.flat()).toEqual([short, long]);
});

test('at the end nobody waits, resting or not', () => {
  const waiting = turns();
  for (const each of [flooded(), flooded(), room(1, 500, Infinity), small()]) waiting.add(each);
  expect(waiting.takeAll()).toHaveLength(4);
  expect(waiting.takeAll()).toEqual([]);
  expect(waiting.take()).toEqual([]);
});

test.each([1, 2, 100, 500, 1_000])(
  'a share of a tick is what %i sockets can be told in it',
  (size) => {
    expect(costOf(framesATick(size), size)).toBeLessThanOrEqual(10_000);
    expect(costOf(framesATick(size) + 1, size)).toBeGreaterThan(9_000);
  },
);

test('a crowd whose writes alone fill a tick still gets on', () => {
  expect(framesATick(10_000)).toBe(16);
});
