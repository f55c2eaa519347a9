import { compareSnowflakes } from '@harmonium/api/ids';
import type { Snowflake } from '@harmonium/api/ids';
import type { Message, MessageReactions } from '@harmonium/api/message';
import type { PublishAnswer, PublishEvents } from '@harmonium/rooms/publish';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { storeOutbox } from '../internal/store-outbox.ts';
import { openTestApp } from '../testing/test-app.ts';
import type { LoggedIn, TestApp } from '../testing/test-app.ts';

/* Single messages, what is put on them and what is pinned, stored or not yet. */

let app: TestApp;
let owner: LoggedIn;
let friend: LoggedIn;
let id: Snowflake;
beforeAll(async () => {
  app = await openTestApp({ rateLimitScale: 1e9 });
  owner = await app.register('owner');
  friend = await app.register('friend');
}, 30_000);
afterAll(() => app.close());
beforeEach(async () => {
  app.rooms.answer = () => ({ ok: true });
  const view = await owner.call('POST /api/servers', { body: { name: 'Home' } });
  id = view.channels[0]?.id ?? view.server.id; // A new server has channels.
  await app.settled();
  app.rooms.published.splice(0);
});

const at = (second: number) => new Date(app.clock.now + second * 1000).toISOString();
const said = (content: string, over: Partial<Message> = {}): Message => ({
  id: app.deps.ids.next(),
  channelId: id,
  author: { id: owner.user.id, username: 'owner', avatar: null },
  content,
  createdAt: at(0),
  editedAt: null,
  removedAt: null,
  ...over,
});
const store = (messages: Message[], reactions: MessageReactions[] = []) =>
  storeOutbox(app.deps, {
    channelId: id,
    entries: [
      ...messages.map((message) => ({ op: 'create' as const, message })),
      ...reactions.flatMap(({ messageId, reactions: list }) =>
        list.flatMap(({ emoji, userIds }) =>
          userIds.map((userId) => ({
            op: 'react' as const,
            id: messageId,
            emoji,
            userId,
            at: at(1),
          })),
        ),
      ),
    ],
  });
const on = ({ id: messageId }: Message, emoji: string, ...people: LoggedIn[]) => ({
  messageId,
  reactions: people.length === 0 ? [] : [{ emoji, userIds: people.map(({ user }) => user.id) }],
});
const page = (query: object = {}) =>
  owner.call('GET /api/channels/:id/messages', { params: { id }, query });
const one = ({ id: mid }: { id: Snowflake }) =>
  owner.call('GET /api/channels/:id/messages/:mid', { params: { id, mid } });
const reactors = ({ id: mid }: { id: Snowflake }, query: object = {}, emoji = '👍') =>
  owner.call('GET /api/channels/:id/messages/:mid/reactions/:emoji', {
    params: { id, mid, emoji },
    query,
  });
const pinned = () => owner.call('GET /api/channels/:id/pins', { params: { id } });

/** A room that holds these changes, and answers by the letter of the contract. */
interface Held {
  messages?: Message[];
  removed?: { id: Snowflake; removedAt: string }[];
  reactions?: MessageReactions[];
  pins?: Snowflake[];
}
function roomHolding({ messages = [], removed = [], reactions = [], pins = [] }: Held) {
  return (event: PublishEvents['main' | 'server' | 'user']): PublishAnswer => {
    if (event.type === 'pins') return { ok: true, pins };
    if (event.type !== 'undrained') return { ok: true };
    const { after, before, first, limit } = event;
    const sign = first === 'newest' ? -1 : 1;
    function part<T>(list: T[], idOf: (entry: T) => Snowflake): T[] {
      return list
        .filter((entry) => after === undefined || compareSnowflakes(idOf(entry), after) > 0)
        .filter((entry) => before === undefined || compareSnowflakes(idOf(entry), before) < 0)
        .sort((a, b) => sign * compareSnowflakes(idOf(a), idOf(b)))
        .slice(0, limit);
    }
    return {
      ok: true,
      messages: part(messages, (message) => message.id),
      removed: part(removed, (entry) => entry.id),
      reactions: part(reactions, ({ messageId }) => messageId),
    };
  };
}

test('what was put on a message a moment ago is on the page, for each reader as they see it', async () => {
  const [first, second, third] = [said('one'), said('two'), said('three')];
  const late = said('late');
  await store([first, second, third], [on(first, '👍', owner, friend), on(second, '🎉', friend)]);
  app.rooms.answer = roomHolding({
    messages: [{ ...third, content: 'three!', editedAt: at(1) }, late],
    reactions: [on(first, '👍', friend), on(second, '🎉'), on(late, '🎉', owner)],
  });
  expect((await page()).map(({ content, reactions }) => [content, reactions])).toEqual([
    ['late', [{ emoji: '🎉', count: 1, me: true }]],
    ['three!', undefined],
    ['two', undefined],
    ['one', [{ emoji: '👍', count: 1, me: false }]],
  ]);
});

test('an edit that is not stored yet leaves what is on the message', async () => {
  const message = said('one');
  await store([message], [on(message, '👍', friend)]);
  const mentions = { users: [friend.user.id], roles: [], everyone: false };
  app.rooms.answer = roomHolding({
    messages: [{ ...message, content: 'two', editedAt: at(1), mentions }],
  });
  expect(await page()).toMatchObject([
    { content: 'two', mentions, reactions: [{ emoji: '👍', count: 1, me: false }] },
  ]);
});

test('of what was removed a moment ago nothing is left, whoever says so first', async () => {
  const full = { replyTo: '5' as Snowflake, embeds: [{ url: 'https://example.org/' }] };
  const [alone, together] = [said('one', full), said('two', full)];
  await store([alone, together], [on(alone, '👍', owner), on(together, '👍', owner)]);
  app.rooms.answer = roomHolding({
    messages: [{ ...alone, content: '', removedAt: at(2) }],
    removed: [{ id: together.id, removedAt: at(2) }],
    reactions: [on(alone, '🎉', friend)],
    pins: [alone.id, together.id],
  });
  const gone = (message: Message) => ({
    ...said(''),
    id: message.id,
    replyTo: '5',
    removedAt: at(2),
  });
  expect(await page()).toEqual([gone(together), gone(alone)]);
  expect(await one(alone)).toEqual(gone(alone));
  expect([await reactors(alone), await reactors(together)]).toEqual([[], []]);
  expect(await pinned()).toEqual([]);
});

test('single messages are had by their ids, in the order asked for, as their room knows them', async () => {
  const messages = Array.from({ length: 5 }, (_, index) => said(`${index}`));
  const [first, second, third] = messages as [Message, Message, Message]; // Of five.
  const late = said('late', { replyTo: first.id });
  await store(messages, [on(first, '👍', owner), on(third, '🎉', friend)]);
  app.rooms.answer = roomHolding({
    messages: [late, { ...second, content: 'one!', editedAt: at(1) }],
    reactions: [on(second, '👍', owner)],
  });
  const ids = [late.id, third.id, '5', first.id, second.id, first.id].join(',');
  expect(await page({ ids })).toEqual([
    late,
    { ...third, reactions: [{ emoji: '🎉', count: 1, me: false }] },
    { ...first, reactions: [{ emoji: '👍', count: 1, me: true }] },
    {
      ...second,
      content: 'one!',
      editedAt: at(1),
      reactions: [{ emoji: '👍', count: 1, me: true }],
    },
  ]);
  expect(await one(late)).toEqual(late);
  await expect(one({ id: '5' as Snowflake })).rejects.toMatchObject({ code: 'not_found' });
});

test.each([
  { ids: '' },
  { ids: '1,x' },
  { ids: '1,2', around: '1' },
  { ids: Array.from({ length: 51 }, () => '1').join() },
  { ids: '9'.repeat(5000) },
])('asking for %j is a bad request', async (query) => {
  await expect(page(query)).rejects.toMatchObject({ code: 'bad_request' });
});

test('those who put an emoji on a message are told page by page, by their ids', async () => {
  const message = said('one');
  const people = await Promise.all(['ada', 'bea', 'cleo'].map((name) => app.register(name)));
  await store([message], [on(message, '👍', ...people)]);
  const names = ['ada', 'bea', 'cleo'];
  const inOrder = people
    .toSorted((a, b) => compareSnowflakes(a.user.id, b.user.id))
    .map(({ user }) => user.id);
  const [first] = inOrder;
  const idsOf = (users: { id: Snowflake }[]) => users.map((user) => user.id);
  expect((await reactors(message)).map(({ username }) => username).toSorted()).toEqual(names);
  expect(idsOf(await reactors(message, { limit: 2 }))).toEqual(inOrder.slice(0, 2));
  expect(idsOf(await reactors(message, { after: first }))).toEqual(inOrder.slice(1));
  expect(await reactors(message, {}, '🎉')).toEqual([]);
  // What is not stored yet is all there is.
  app.rooms.answer = roomHolding({ reactions: [on(message, '👍', ...people.slice(1), owner)] });
  const told = [...people.slice(1), owner].map(({ user }) => user.id).sort(compareSnowflakes);
  expect(idsOf(await reactors(message))).toEqual(told);
  expect(idsOf(await reactors(message, { after: told[0], limit: 1 }))).toEqual([told[1]]);
  expect(await reactors(message, {}, '🎉')).toEqual([]);
  await expect(reactors({ id: '5' as Snowflake })).rejects.toMatchObject({ code: 'not_found' });
});

test('of a message that is not stored yet it is known who put what on it', async () => {
  const late = said('late');
  app.rooms.answer = roomHolding({ messages: [late], reactions: [on(late, '👍', friend)] });
  expect(await reactors(late)).toMatchObject([{ username: 'friend' }]);
  expect(await reactors(late, {}, '🎉')).toEqual([]);
});

test('pins are those the room says, in its order, with the words they have now', async () => {
  const [first, second] = [said('one'), said('two')];
  const late = said('late');
  await store([first, second]);
  app.rooms.answer = roomHolding({
    messages: [late, { ...second, content: 'two!', editedAt: at(1) }],
    pins: [second.id, late.id, first.id],
  });
  expect((await pinned()).map(({ content }) => content)).toEqual(['two!', 'late', 'one']);
  app.rooms.answer = () => ({ ok: false, code: 'unavailable', message: '' });
  await expect(pinned()).rejects.toMatchObject({ status: 503, code: 'unavailable' });
});

test('reactions, pins, answers and files by REST go through the room', async () => {
  const mid = app.deps.ids.next();
  const params = { id, mid };
  const emoji = '👩🏽‍🚀';
  const { call } = owner;
  await call('PUT /api/channels/:id/messages/:mid/reactions/:emoji/@me', {
    params: { ...params, emoji },
  });
  await call('DELETE /api/channels/:id/messages/:mid/reactions/:emoji/@me', {
    params: { ...params, emoji },
  });
  await call('DELETE /api/channels/:id/messages/:mid/reactions/:emoji/:uid', {
    params: { ...params, emoji: '41', uid: friend.user.id },
  });
  await call('PUT /api/channels/:id/pins/:mid', { params });
  await call('DELETE /api/channels/:id/pins/:mid', { params });
  const message = said('');
  app.rooms.answer = () => ({ ok: true, message });
  const draft = { content: '', replyTo: mid, quiet: true, attachments: ['signed'] };
  expect(
    await call('POST /api/channels/:id/messages', { params: { id }, body: draft }),
  ).toMatchObject({ id: message.id });
  const events = app.rooms
    .to('main', id)
    .map((event) => (event.type === 'accept' ? event.event : event.type));
  expect(events).toEqual([
    { type: 'reaction.add', id: mid, emoji },
    { type: 'reaction.remove', id: mid, emoji },
    { type: 'reaction.remove', id: mid, emoji: '41', userId: friend.user.id },
    { type: 'pin.add', id: mid },
    { type: 'pin.remove', id: mid },
    { type: 'message.send', ...draft },
  ]);
});

test.each(['x', '👍👍', '%', ' ', '👍\ufe0f\u200d'])('%j is no emoji', async (emoji) => {
  const params = { id, mid: '5', emoji };
  const asking = owner.call('PUT /api/channels/:id/messages/:mid/reactions/:emoji/@me', { params });
  await expect(asking).rejects.toMatchObject({ status: 400 });
  expect(app.rooms.to('main', id)).toEqual([]);
});

test('a message that says nothing at all is refused', async () => {
  const params = { id };
  for (const body of [{ content: '' }, { content: '  ', attachments: [] }]) {
    await expect(
      owner.call('POST /api/channels/:id/messages', { params, body }),
    ).rejects.toMatchObject({ code: 'invalid_body' });
  }
});

test('a room that begins anew gets the reactions and pins of the end of its channel', async () => {
  const [first, second] = [said('one'), said('two')];
  await store([first, second], [on(first, '👍', owner, friend), on(first, '🎉', owner)]);
  await storeOutbox(app.deps, {
    channelId: id,
    entries: [first, second].map((message, order) => ({
      op: 'pin' as const,
      id: message.id,
      by: owner.user.id,
      at: at(order),
    })),
  });
  const headers = { authorization: `Bearer ${await app.deps.serviceTokens.issue('rooms', 'api')}` };
  const get = async (path: string) =>
    (await app.fetch(`/api/internal/channels/${id}/${path}`, { headers })).json();
  const people = [owner, friend].map(({ user }) => user.id).sort(compareSnowflakes);
  const there = {
    messageId: first.id,
    reactions: [
      { emoji: '🎉', userIds: [owner.user.id] },
      { emoji: '👍', userIds: people },
    ],
  };
  expect(await get('messages')).toEqual({
    messages: [second, first],
    reactions: [there],
    pins: [second.id, first.id],
  });
  expect(await get(`messages/${first.id}/reactions`)).toEqual(there);
  expect(await get(`messages/${second.id}/reactions`)).toEqual({
    messageId: second.id,
    reactions: [],
  });
  expect(await get('messages/5/reactions')).toMatchObject({ error: { code: 'not_found' } });
});
