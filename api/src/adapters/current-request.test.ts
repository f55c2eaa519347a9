import type { ServerPublish } from '@harmonium/rooms/publish';
import { expect, test } from 'vitest';
import { createAnnounce } from '../announce.ts';
import { noMeter } from '../meter.ts';
import { recordRooms } from '../testing/recording-rooms.ts';
import { createCurrentRequest } from './current-request.ts';

const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, milliseconds);
  });

test('two requests at a time are told apart, and what they began goes on as theirs', async () => {
  const requests = createCurrentRequest();
  const seen: string[] = [];
  const work = async () => {
    for (let at = 0; at < 3; at += 1) {
      await pause(1);
      seen.push(String(requests.id()));
    }
  };
  await Promise.all([requests.run('a', work), requests.run('b', work), work()]);
  expect(seen.sort().join(' ')).toBe('a a a b b b undefined undefined undefined');
  expect(requests.id()).toBeUndefined();
});

test('announcements that wait for each other are each of the request that made them', async () => {
  const requests = createCurrentRequest();
  const seen: (string | undefined)[] = [];
  const rooms = recordRooms();
  const log = { error() {}, warn: () => seen.push(requests.id()), info() {}, debug() {} };
  const announce = createAnnounce({ rooms, log, meter: noMeter, background() {} }, [1, 1]);
  let isAway = true;
  rooms.answer = () => {
    if (isAway) throw new Error('away');
    return { ok: false, code: 'invalid', message: 'No.' };
  };
  const event = { type: 'member', change: { type: 'member.left', userId: '1' } } as ServerPublish;
  const told = ['a', 'b'].map((id) => requests.run(id, () => announce('server', '9', [event])));
  isAway = false;
  await Promise.all(told);
  expect(seen).toEqual(['a', 'b']);
});
