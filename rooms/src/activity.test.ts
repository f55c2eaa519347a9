import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import { expect, test } from 'vitest';
import { MAX_NAMINGS, type Naming, type RoomPublisher } from '../contract/publish.ts';
import { Activity } from './activity.ts';
import { silentLog, settle } from './testing/fake-host.ts';
import { someId, someone } from './testing/people.ts';

type Event = Parameters<RoomPublisher['publish']>[2][number];
type Told = Event & { type: 'activity' };

function begin() {
  let now = 1_000_000;
  let wakeAt: number | undefined;
  const told: Told[] = [];
  const unnamed: (readonly Snowflake[])[] = [];
  const line = { isDown: false };
  const author = someone('ada');
  const activity = new Activity({
    channelId: author.id,
    rooms: {
      async publish(_party, _id, events) {
        if (line.isDown) throw new Error('away');
        for (const event of events) {
          if (event.type === 'activity') told.push(event);
          else if (event.type === 'unnamed') unnamed.push(event.messageIds);
        }
        return [{ ok: true }];
      },
    },
    log: silentLog,
    now: () => now,
    wake: (at) => {
      wakeAt = at;
    },
  });
  return {
    told,
    unnamed,
    remove: (...ids: Snowflake[]) => activity.removed('1', ids),
    line,
    write(isNamed: boolean): Snowflake {
      const id = someId();
      const message: Message = {
        id,
        channelId: author.id,
        author,
        content: '',
        createdAt: new Date(0).toISOString(),
        editedAt: null,
        removedAt: null,
      };
      const naming: Naming = {
        messageId: id,
        authorId: author.id,
        users: [author.id],
        roles: [],
        anyRole: false,
      };
      activity.wrote('1', message, isNamed ? naming : undefined);
      return id;
    },
    async second() {
      await settle();
      now += 1_000;
      if (wakeAt !== undefined && wakeAt <= now) {
        wakeAt = undefined;
        await activity.tell();
      }
    },
  };
}

const named = (told: Told[]) =>
  told.map(({ namings }) => namings.map(({ messageId }) => messageId));

test('of a burst the youngest message is told, and every one that names somebody', async () => {
  const { write, second, told } = begin();
  const first = write(true);
  await second();
  const ids = [write(true), write(false), write(true), write(false)];
  await second();
  expect(named(told)).toEqual([[first], [ids[0], ids[2]]]);
  expect(told[1]?.messageId).toBe(ids[3]);
});

test('who is named is told once the server can be reached again, with what came meanwhile', async () => {
  const { write, second, told, line } = begin();
  line.isDown = true;
  const first = write(true);
  await second();
  const later = write(true);
  await second();
  expect(told).toEqual([]);
  line.isDown = false;
  await second();
  expect(named(told)).toEqual([[first, later]]);
  write(false);
  await second();
  await second();
  expect(named(told).slice(1)).toEqual([[]]);
});

test('a server that stays away is not asked for ever, and no more is kept than can be told', async () => {
  const { write, second, told, line } = begin();
  line.isDown = true;
  write(true);
  for (let at = 0; at < 10; at += 1) await second();
  line.isDown = false;
  for (let at = 0; at < 3; at += 1) await second();
  expect(told).toEqual([]);
  const ids = Array.from({ length: MAX_NAMINGS + 5 }, () => write(true));
  await second();
  expect(named(told)).toEqual([ids.slice(5)]);
});

test('what was removed is told after what was written, also alone, and once it can be', async () => {
  const { write, remove, second, told, unnamed, line } = begin();
  const first = write(true);
  remove(first);
  await second();
  expect([named(told), unnamed]).toEqual([[[first]], [[first]]]);
  line.isDown = true;
  const [older, newer] = [someId(), someId()];
  remove(older);
  await second();
  remove(newer);
  await second();
  line.isDown = false;
  await second();
  expect([told.length, unnamed.slice(1)]).toEqual([1, [[older, newer]]]);
});
