import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import { expect, test, vi } from 'vitest';
import { REPLAY_LENGTH } from '../contract/limits.ts';
import type { AskUndrained } from '../contract/publish.ts';
import { history } from './testing/conversations.ts';
import { settle } from './testing/fake-host.ts';
import { channelTicket, someId, someone, userTicket } from './testing/people.ts';
import { stillRooms } from './testing/still-rooms.ts';

/* While api is away, for seconds or for days. */

const still = stillRooms();
const ada = someone('ada');
const bob = someone('bob');

test('an outage of api is waited out with growing pauses, and costs no memory', async () => {
  const here = channelTicket(ada, someId());
  const client = await still.world.enter(here);
  still.rooms.api.down = true;
  client.write('one');
  await still.rooms.host.advance(60_000);
  const { calls } = still.rooms.api;
  expect(calls).toBeGreaterThan(3);
  expect(calls).toBeLessThan(12);
  await still.rooms.host.advance(600_000);
  expect(still.rooms.api.calls - calls).toBeLessThan(25);
  still.rooms.api.down = false;
  await still.rooms.host.advance(60_000);
  expect(still.rooms.api.stored).toHaveLength(1);
  await still.rooms.host.advance(600_000);
  expect(still.rooms.api.stored).toHaveLength(1);
});

test('in a long outage what api lacks is told by its place, however much it is', async () => {
  const id = someId();
  const here = channelTicket(ada, id);
  const client = await still.world.enter(here);
  client.write('stored before');
  const early = (await client.next('message.created'))['message'] as Message;
  await still.rooms.host.advance(1_000);
  still.rooms.api.down = true;
  client.send({ type: 'message.edit', id: early.id, content: 'changed in the outage' });
  await client.next('message.edited');
  const ids: Snowflake[] = [];
  const speak = async (count: number) => {
    for (let at = 0; at < count; at += 100) {
      const events = Array.from({ length: 100 }, () => ({
        type: 'accept' as const,
        author: someone('crowd'),
        sessionId: someId(),
        permissions: here.permissions,
        event: { type: 'message.send' as const, content: `${ids.length + at}` },
      }));
      const answers = await still.rooms.publisher.publish('main', id, events);
      for (const answer of answers) if (answer.ok && answer.message) ids.push(answer.message.id);
      await still.rooms.host.advance(1_000);
    }
  };
  const ask = async (rest: Partial<AskUndrained>) => {
    const question = { type: 'undrained', first: 'newest', limit: 3, ...rest } as const;
    const [answer] = await still.rooms.publisher.publish('main', id, [question]);
    return answer?.ok === true ? (answer.messages ?? []) : [];
  };
  const idsOf = (messages: Message[]) => messages.map((message) => message.id);
  const check = async () => {
    expect(idsOf(await ask({}))).toEqual(ids.slice(-3).reverse());
    for (const at of [10, REPLAY_LENGTH - 1, REPLAY_LENGTH + 1, ids.length - 10]) {
      const around = ids[at];
      expect(idsOf(await ask({ before: around }))).toEqual(ids.slice(at - 3, at).reverse());
      const after = await ask({ after: around, first: 'oldest' });
      expect(idsOf(after)).toEqual(ids.slice(at + 1, at + 4));
    }
    expect(await ask({ before: ids[0] })).toMatchObject([{ content: 'changed in the outage' }]);
  };
  await speak(REPLAY_LENGTH * 3 + 500);
  await check();
  // Noted, and then changed once more.
  client.send({ type: 'message.edit', id: early.id, content: 'changed in the outage' });
  await client.next('message.edited');
  await check();
  await still.rooms.restart();
  await check();
  await speak(REPLAY_LENGTH);
  await check();
  still.rooms.api.down = false;
  await still.rooms.host.advance(60_000);
  expect(await ask({ limit: 100 })).toEqual([]);
  expect(await still.rooms.host.storage('main', id).list({ prefix: 'late/' })).toEqual([]);
}, 30_000);

test('in a long outage an old message is found without reading all that waits', async () => {
  const id = someId();
  const here = channelTicket(ada, id);
  const client = await still.world.enter(here);
  still.rooms.api.down = true;
  const ids: Snowflake[] = [];
  const speak = async (count: number) => {
    for (let at = 0; at < count; at += 1) {
      if (at % 5 === 0) await still.rooms.host.advance(5_000);
      client.write(`${at}`);
      ids.push(((await client.next('message.created'))['message'] as Message).id);
    }
  };
  const purge = (gone: Snowflake[]) =>
    still.rooms.publisher.publish('main', id, [{ type: 'purge', ids: gone, by: ada.id }]);
  await speak(REPLAY_LENGTH * 2);
  const [one, two, three] = ids;
  if (one === undefined || two === undefined || three === undefined) throw new Error('Three.');
  await purge([one, two]);
  const { removedAt } = await client.next('messages.removed');
  await speak(REPLAY_LENGTH * 3);
  for (const round of ['before', 'after']) {
    const storage = still.rooms.host.storage('main', id);
    const list = vi.spyOn(storage, 'list');
    client.leave();
    const back = await still.world.enter(here);
    list.mockClear();
    const edit = { type: 'message.edit', content: 'still here' };
    back.send({ ...edit, id: two, nonce: 'gone' });
    expect(await back.next('rejected')).toMatchObject({ nonce: 'gone', code: 'not_found' });
    back.send({ ...edit, id: three, nonce: 'there' });
    expect(await back.next('message.edited')).toMatchObject({ nonce: 'there' });
    await purge([two, one]);
    await settle();
    expect([round, back.all('messages.removed')]).toEqual([round, []]);
    expect(list.mock.calls).toEqual([]);
    list.mockRestore();
    const ask = { type: 'undrained', first: 'oldest', limit: 2 } as const;
    const [answer] = await still.rooms.publisher.publish('main', id, [ask]);
    expect(answer).toMatchObject({
      messages: [one, two].map((each) => ({ id: each, content: '', removedAt })),
      removed: [one, two].map((each) => ({ id: each, removedAt })),
    });
    if (round === 'before') await still.rooms.restart();
  }
  still.rooms.api.down = false;
  await still.rooms.host.advance(60_000);
  expect(still.rooms.api.messages.get(one)).toMatchObject({ content: '', removedAt });
  const { host } = still.rooms;
  expect(await host.storage('main', id).list({ prefix: 'gone/' })).toEqual([]);
}, 30_000);

test('a room that lost its storage while api is away has its history once api is back', async () => {
  const channelId = someId();
  const here = channelTicket(ada, channelId);
  const stored = (content: string): Message => ({
    id: someId(),
    channelId,
    author: bob,
    content,
    createdAt: new Date(0).toISOString(),
    editedAt: null,
    removedAt: null,
  });
  for (const message of [stored('one'), stored('two')])
    still.rooms.api.messages.set(message.id, message);
  still.rooms.api.down = true;
  const client = await still.world.enter(here);
  expect(client.all('ready')[0]).toMatchObject({ history: [], complete: false });
  client.write('three');
  const three = await client.next('message.created');
  await still.rooms.host.advance(2_000);
  await still.rooms.restart();
  still.rooms.api.down = false;
  await still.rooms.host.advance(60_000);
  for (const round of ['at once', 'after a restart']) {
    const back = await still.world.enter(here);
    expect([round, history(back)]).toEqual([round, ['one', 'two', 'three']]);
    expect(back.all('ready')[0]).toMatchObject({ complete: true, seq: three['seq'] });
    await still.rooms.restart();
  }
  const near = await still.world.enter(here, Number(three['seq']) - 1);
  expect(near.all('message.created')).toEqual([three]);
  // What a client held of the lost log is no place in this one.
  for (const since of [0, 1, 2]) {
    expect((await still.world.enter(here, since)).all('ready')).toHaveLength(1);
  }
  expect(still.rooms.api.stored.map((entry) => entry.op)).toEqual(['create']);
});

test('while api is away marks wait for it, and those of deleted channels are dropped', async () => {
  const user = someone('reader');
  const client = await still.world.enter(userTicket(user));
  const [kept, gone] = [someId(), someId()];
  still.rooms.api.channelsGone.add(gone);
  still.rooms.api.down = true;
  const marks = [kept, gone].map((channelId) => ({ channelId, messageId: someId() }));
  client.send({ type: 'read.marks', marks });
  await settle();
  await still.rooms.host.advance(30_000);
  expect(still.rooms.api.marksStored).toEqual([]);
  still.rooms.api.down = false;
  await still.rooms.host.advance(30_000);
  await settle();
  expect(still.rooms.api.marksStored).toEqual([marks]);
  const again = await still.world.enter(userTicket(user));
  expect(again.all('ready')[0]?.['marks']).toEqual(marks.slice(0, 1));
});

test('a room with nothing that api lacks is not woken to say so', async () => {
  const { channelId, permissions, sessionId } = channelTicket(ada, someId());
  const event = { type: 'message.send', content: 'by a bot' } as const;
  const accept = { type: 'accept', author: ada, sessionId, permissions, event } as const;
  const question = { type: 'undrained', first: 'newest', limit: 50 } as const;
  const ask = () => still.rooms.publisher.publish('main', channelId, [question]);
  await still.rooms.publisher.publish('main', channelId, [accept]);
  await still.rooms.host.advance(1_000);
  await still.rooms.restart();
  expect(await ask()).toEqual([{ ok: true, messages: [] }]);
  expect(still.rooms.host.awake).toEqual([]);
  still.rooms.api.down = true;
  await still.rooms.publisher.publish('main', channelId, [accept]);
  await still.rooms.restart();
  expect(await ask()).toMatchObject([{ messages: [{ content: 'by a bot' }] }]);
});

test('a channel that api no longer knows ends with its room, and its words go', async () => {
  const here = channelTicket(ada, someId());
  const client = await still.world.enter(here);
  still.rooms.api.channelsGone.add(here.channelId);
  client.write('a last word');
  await still.rooms.host.advance(1_000);
  expect(client.closedBy).toBe('room_removed');
  expect(still.rooms.host.storage('main', here.channelId).dump()).not.toContain('last word');
});
