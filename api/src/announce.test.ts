import type { ServerPublish } from '@harmonium/rooms/publish';
import { expect, test } from 'vitest';
import { createAnnounce } from './announce.ts';
import type { Log } from './log.ts';
import { noMeter, type Meter } from './meter.ts';
import { recordRooms } from './testing/recording-rooms.ts';

function setUp(delays: number[], patience?: number) {
  const rooms = recordRooms();
  const logged: string[] = [];
  const log: Log = {
    error: (event) => logged.push(`error: ${event}`),
    warn: (event) => logged.push(`warn: ${event}`),
    info: () => {},
    debug: () => {},
  };
  const works: Promise<void>[] = [];
  const counted = { pending: 0, lost: 0 };
  const meter: Meter = {
    ...noMeter,
    announcing: (pending) => (counted.pending = pending),
    announcementLost: () => (counted.lost += 1),
  };
  const background = (work: Promise<void>) => works.push(work);
  const announce = createAnnounce({ rooms, log, meter, background }, delays, patience);
  return { rooms, logged, counted, announce, settled: () => Promise.all(works) };
}
const left = (userId: string) =>
  ({ type: 'member', change: { type: 'member.left', userId } }) as ServerPublish;

test('announcements to one room arrive in their order, also when the first has to be tried again', async () => {
  const { rooms, announce, settled } = setUp([1, 1, 1]);
  let failures = 2;
  rooms.answer = () => {
    failures -= 1;
    if (failures >= 0) throw new Error('away');
    return { ok: true };
  };
  const events = ['1', '2', '3'].map(left);
  for (const event of events) void announce('server', 'a', [event]);
  await settled();
  expect(rooms.to('server', 'a')).toEqual(events);
});

test('a room that is away holds no other room up', async () => {
  const { rooms, announce, settled } = setUp([20]);
  const publish = rooms.publish.bind(rooms);
  rooms.publish = (party, roomId, events) =>
    roomId === 'away' ? Promise.reject(new Error('away')) : publish(party, roomId, events);
  void announce('server', 'away', [left('1')]);
  void announce('server', 'here', [left('2')]);
  await Promise.resolve();
  await new Promise((resolve) => setTimeout(resolve, 1));
  expect(rooms.to('server', 'here')).toHaveLength(1);
  await settled();
});

test('what cannot be delivered is given up in the end, said once, and what follows still goes', async () => {
  const { rooms, logged, counted, announce, settled } = setUp([1, 1]);
  rooms.answer = () => {
    throw new Error('away');
  };
  void announce('server', 'a', [left('1')]);
  expect(counted).toEqual({ pending: 1, lost: 0 });
  await settled();
  expect(logged).toEqual(['error: announcement given up']);
  expect(counted).toEqual({ pending: 0, lost: 1 });
  rooms.answer = () => ({ ok: true });
  void announce('server', 'a', [left('2')]);
  await settled();
  expect(rooms.to('server', 'a')).toEqual([left('2')]);
});

test('a room that refuses is told of in the log, and not asked again', async () => {
  const { rooms, logged, announce, settled } = setUp([1]);
  rooms.answer = () => ({ ok: false, code: 'invalid', message: 'no' });
  void announce('server', 'a', [left('1')]);
  await settled();
  expect(logged).toEqual(['warn: room refused an announcement']);
  expect(rooms.published).toHaveLength(1);
});

test('what must not be heard before another room has heard it waits for that room', async () => {
  const { rooms, announce, settled } = setUp([5, 5]);
  const publish = rooms.publish.bind(rooms);
  let failures = 2;
  rooms.publish = (party, roomId, events) => {
    failures -= party === 'server' ? 1 : 0;
    const isAway = party === 'server' && failures >= 0;
    return isAway ? Promise.reject(new Error('away')) : publish(party, roomId, events);
  };
  const told = announce('server', 'a', [left('1')]);
  void announce('main', 'channel', [{ type: 'room.removed' }], told);
  await settled();
  expect(rooms.published.map(({ party }) => party)).toEqual(['server', 'main']);
});

test('a room that waits for another which is away is told soon, and again when that one is', async () => {
  const { rooms, announce } = setUp([40], 10);
  const publish = rooms.publish.bind(rooms);
  let isAway = true;
  rooms.publish = (party, roomId, events) =>
    isAway && party === 'server'
      ? Promise.reject(new Error('away'))
      : publish(party, roomId, events);
  const revoke = {
    type: 'revoke',
    userId: '1',
    reason: 'access_lost',
  } as unknown as ServerPublish & {
    type: 'revoke';
  };
  const told = announce('server', 'a', [revoke]);
  await announce('main', 'b', [revoke], told);
  expect(rooms.to('server', 'a')).toEqual([]);
  expect(rooms.to('main', 'b')).toEqual([revoke]);
  isAway = false;
  await told;
  await expect.poll(() => rooms.to('main', 'b')).toEqual([revoke, revoke]);
});

test('a room that waits for another which is there is told once, after it', async () => {
  const { rooms, announce, settled } = setUp([1], 20);
  const told = announce('server', 'a', [left('1')]);
  void announce('server', 'b', [left('1')], told);
  await settled();
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(rooms.to('server', 'b')).toHaveLength(1);
});
