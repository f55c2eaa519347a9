import { Permission } from '@harmonium/api/permissions';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { settle, type FakeHost } from './testing/fake-host.ts';
import { fakeRooms } from './testing/fake-rooms.ts';
import { Conversations, say, texts } from './testing/conversations.ts';
import { EVERYTHING_USUAL } from './testing/people.ts';

/* What takes its time when api does not answer, under a clock that only the test moves. */

const talks = new Conversations();
const { ada, bob } = talks;
let host: FakeHost;

beforeEach(() => {
  const rooms = fakeRooms({ ticking: false });
  host = rooms.host;
  talks.open(rooms);
});
afterEach(() => talks.world.rooms.close());

async function begin() {
  const talk = await talks.begin();
  const { api, publisher } = talks.world.rooms;
  for (const user of [ada, bob]) api.allow(talk.id, user.id, { permissions: EVERYTHING_USUAL });
  const change = () => publisher.publish('main', talk.id, [{ type: 'access.changed' }]);
  return { ...talk, api, change };
}

test('nothing is believed while api is away: after five seconds what waits is refused', async () => {
  const { ada: writer, bob: reader, api, change } = await begin();
  api.down = true;
  await change();
  const nonce = writer.write('may I?');
  await host.advance(4_000);
  expect(writer.all('rejected')).toEqual([]);
  await host.advance(2_000);
  expect(writer.all('rejected')).toMatchObject([{ nonce, code: 'unavailable', retryAfter: 2 }]);
  writer.write('now?');
  expect(await writer.next('rejected', (event) => event['nonce'] !== nonce)).toMatchObject({
    code: 'unavailable',
  });
  expect(await writer.settled()).toHaveLength(4);
  api.down = false;
  await host.advance(10_000);
  await say(writer, 'again');
  await settle();
  expect(texts(reader.all('message.created'))).toEqual(['again']);
  expect(reader.closedBy).toBeUndefined();
});

test('an api that never answers is asked again', async () => {
  const { bob: reader, api, change, id } = await begin();
  api.thinking = new Promise(() => undefined);
  await change();
  api.thinking = undefined;
  api.allow(id, bob.id, { permissions: String(Permission.VIEW_CHANNEL) });
  await settle();
  expect(reader.all('permissions.changed')).toEqual([]);
  await host.advance(10_000);
  expect(reader.all('permissions.changed')).toHaveLength(1);
  expect(api.asked.length).toBe(2);
});

test('an api that is away is asked now and then, whoever knocks', async () => {
  const { api, change, here } = await begin();
  const ticket = await talks.world.ticket(here.bob);
  api.down = true;
  await change();
  await settle();
  for (let at = 0; at < 10; at += 1) {
    expect((await talks.world.knock(here.bob, ticket)).closedBy).toBe('unavailable');
  }
  expect(api.asked.length).toBe(1);
  await host.advance(60_000);
  expect(api.asked.length).toBeGreaterThan(5);
  expect(api.asked.length).toBeLessThan(40);
});

test('no more than fifty frames wait for an answer', async () => {
  const { ada: writer, api, change } = await begin();
  api.thinking = new Promise(() => undefined);
  await change();
  for (let at = 0; at < 55; at += 1) writer.send({ type: 'typing.start' });
  writer.write('one too many');
  await settle();
  expect(writer.all('rejected').length).toBeGreaterThan(0);
});

test('an answer that was read before a change is none', async () => {
  const { bob: reader, api, change, id } = await begin();
  const { promise, resolve } = Promise.withResolvers<void>();
  const ask = api.permissions.bind(api);
  api.permissions = async (channelId, userIds) => {
    api.permissions = ask;
    const read = await ask(channelId, userIds);
    await promise;
    return read;
  };
  await change();
  await settle();
  api.allow(id, bob.id, { permissions: null });
  await change();
  reader.write('with what was read?');
  resolve();
  await host.advance(200);
  expect(reader.closedBy).toBe('access_lost');
  expect(api.stored).toEqual([]);
  expect(api.asked.length).toBe(2);
});
