import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { REPLAY_LENGTH } from '../contract/limits.ts';
import type { ChannelPublish } from '../contract/publish.ts';
import { KEPT_EVENTS } from './event-log.ts';
import { say } from './testing/conversations.ts';
import { fakeRooms } from './testing/fake-rooms.ts';
import { channelTicket, EVERYTHING_USUAL, someId, someone } from './testing/people.ts';
import { World } from './testing/world.ts';

const UP = '👍';

let rooms: ReturnType<typeof fakeRooms>;
let world: World;
beforeEach(() => {
  rooms = fakeRooms({ ticking: false });
  world = new World(rooms);
});
afterEach(() => rooms.close());

type Said = Extract<ChannelPublish, { type: 'accept' }>['event'];

/** As many people as there are things to say, a hundred at a time. */
async function crowd(id: Snowflake, count: number, says: () => Said): Promise<void> {
  for (let at = 0; at < count; at += 100) {
    const events = Array.from({ length: 100 }, () => {
      const author = someone('crowd');
      const permissions = EVERYTHING_USUAL;
      return { type: 'accept' as const, author, sessionId: author.id, permissions, event: says() };
    });
    await rooms.publisher.publish('main', id, events);
    await rooms.host.advance(1_000);
  }
}

function begin() {
  const id = someId();
  return { id, here: channelTicket(someone('ada'), id) };
}

async function shown(here: ReturnType<typeof begin>['here']) {
  const client = await world.enter(here);
  const history = client.all('ready')[0]?.['history'] as Message[];
  client.leave();
  return history.map(({ content, reactions }) => [content, reactions?.map(({ count }) => count)]);
}

async function undrained(id: Snowflake) {
  const ask = { type: 'undrained', first: 'newest', limit: 50 } as const;
  const [answer] = await rooms.publisher.publish('main', id, [ask]);
  if (answer?.ok !== true) throw new Error('no answer');
  return answer.reactions?.map(({ messageId, reactions }) => [
    messageId,
    reactions.map(({ userIds }) => userIds.length),
  ]);
}

test('however many react, the youngest messages are there after a restart, and all who reacted', async () => {
  const { id, here } = begin();
  const ada = await world.enter(here);
  const first = await say(ada, 'first');
  await say(ada, 'second');
  ada.send({ type: 'message.edit', id: first.id, content: 'edited' });
  await ada.next('message.edited');
  const count = REPLAY_LENGTH * 2;
  await crowd(id, count, () => ({ type: 'reaction.add', id: first.id, emoji: UP }));
  for (const round of ['before', 'after']) {
    expect([round, await shown(here)]).toEqual([
      round,
      [
        ['edited', [count]],
        ['second', undefined],
      ],
    ]);
    await rooms.restart();
  }
});

test('in a long outage it is told what api lacks, also of what left memory long ago', async () => {
  const { id, here } = begin();
  const ada = await world.enter(here);
  const first = await say(ada, 'first');
  await rooms.host.advance(1_000);
  rooms.api.down = true;
  ada.send({ type: 'reaction.add', id: first.id, emoji: UP });
  await ada.next('reaction.changed');
  await crowd(id, REPLAY_LENGTH * 3, () => ({ type: 'message.send', content: 'x' }));
  const ask = { type: 'undrained', first: 'oldest', limit: 1 } as const;
  for (let round = 0; round < 2; round += 1) {
    const [answer] = await rooms.publisher.publish('main', id, [ask]);
    const reactions = [{ emoji: UP, userIds: [here.user.id] }];
    expect(answer).toMatchObject({ reactions: [{ messageId: first.id, reactions }] });
    await rooms.restart();
  }
  rooms.api.down = false;
  await rooms.host.advance(120_000);
  expect(await undrained(id)).toBeUndefined();
  const notes = await rooms.host.storage('main', id).list({ prefix: 'lateReaction/' });
  expect(notes).toEqual([]);
}, 60_000);

test('what api has of old messages is kept no longer than they are', async () => {
  const { id, here } = begin();
  const ada = await world.enter(here);
  const first = await say(ada, 'first');
  await crowd(id, 100, () => ({ type: 'reaction.add', id: first.id, emoji: UP }));
  const rows = () => rooms.host.storage('main', id).list({ prefix: 'reaction/' });
  expect(await rows()).toHaveLength(100);
  await crowd(id, KEPT_EVENTS + 1_300, () => ({ type: 'message.send', content: 'x' }));
  expect(await rows()).toEqual([]);
  await rooms.restart();
  const back = await world.enter(here);
  back.send({ type: 'reaction.add', id: first.id, emoji: UP });
  expect(await back.next('reaction.changed')).toMatchObject({ count: 101 });
  expect(await undrained(id)).toEqual([[first.id, [101]]]);
}, 60_000);
