import { compareSnowflakes } from '@harmonium/api/ids';
import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import type { PublishAnswer, PublishEvents } from '@harmonium/rooms/publish';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { storeOutbox } from '../internal/store-outbox.ts';
import { openTestApp } from '../testing/test-app.ts';
import type { LoggedIn, TestApp } from '../testing/test-app.ts';

let app: TestApp;
let owner: LoggedIn;
let id: Snowflake;
beforeAll(async () => {
  app = await openTestApp({ rateLimitScale: 1e9 });
  owner = await app.register('owner');
}, 30_000);
afterAll(() => app.close());
beforeEach(async () => {
  app.rooms.answer = () => ({ ok: true });
  const { channels } = await owner.call('POST /api/servers', { body: { name: 'Home' } });
  const [general] = channels;
  if (general === undefined) throw new Error('no channel');
  id = general.id;
});

const said = (content: string): Message => ({
  id: app.deps.ids.next(),
  channelId: id,
  author: { id: owner.user.id, username: 'owner', avatar: null },
  content,
  createdAt: new Date(app.clock.now).toISOString(),
  editedAt: null,
  removedAt: null,
});
const edited = (message: Message, content: string) => ({ ...message, content, editedAt: at(1) });
const at = (second: number) => new Date(app.clock.now + second * 1000).toISOString();
const store = (messages: Message[]) =>
  storeOutbox(app.deps, {
    channelId: id,
    entries: messages.map((message) => ({ op: 'create', message })),
  });
const page = (query: object = {}) =>
  owner.call('GET /api/channels/:id/messages', { params: { id }, query });

/** A room that holds these changes, and answers by the letter of the contract. */
function roomHolding(changes: readonly Message[]) {
  return (event: PublishEvents['main' | 'server' | 'user']): PublishAnswer => {
    if (event.type !== 'undrained') return { ok: true };
    const { after, before, first, limit } = event;
    const messages = changes
      .filter((one) => after === undefined || compareSnowflakes(one.id, after) > 0)
      .filter((one) => before === undefined || compareSnowflakes(one.id, before) < 0)
      .sort((one, other) => compareSnowflakes(one.id, other.id));
    if (first === 'newest') messages.reverse();
    return { ok: true, messages: messages.slice(0, limit) };
  };
}

test('what waits in the outbox is on the page, changes of what is stored too', async () => {
  const [one, two, three] = [said('one'), said('two'), said('three')];
  await store([one, two]);
  app.rooms.answer = roomHolding([
    { ...one, content: 'one!', editedAt: at(1) },
    { ...two, content: '', removedAt: at(1) },
    three,
  ]);
  const messages = await page();
  expect(messages.map(({ content }) => content)).toEqual(['three', '', 'one!']);
  expect(messages[1]?.removedAt).toBe(at(1));
});

test('what was removed together a moment ago has no words on the page any more', async () => {
  const [one, two, three] = [said('one'), said('two'), said('three')];
  const first = { ...said('words'), content: '', removedAt: at(0) };
  await store([one, two, first]);
  const removed = [first, three, two].map(({ id: gone }) => ({ id: gone, removedAt: at(2) }));
  app.rooms.answer = () => ({ ok: true, messages: [edited(two, 'more words')], removed });
  const messages = await page();
  expect(messages.map(({ content, removedAt }) => [content, removedAt])).toEqual([
    ['', at(0)],
    ['', at(2)],
    ['one', null],
  ]);
});

test('every page is what one database with everything in it would answer', async () => {
  const all = Array.from({ length: 40 }, (_, index) => said(`${index}`));
  const isStored = all.map((_, index) => index % 7 !== 3 && index < 33);
  const changes = all
    .filter((_, index) => isStored[index] !== true || index % 5 === 0)
    .map((message) => edited(message, `${message.content} now`));
  await store(all.filter((_, index) => isStored[index]));
  app.rooms.answer = roomHolding(changes);
  const truth = all
    .map((message) => changes.find((change) => change.id === message.id) ?? message)
    .reverse();
  const idOf = (index: number) => all[index]?.id ?? id;
  const cursor = fc.nat({ max: all.length - 1 }).map(idOf);
  const shape = fc.oneof(
    fc.constant({}),
    cursor.map((before) => ({ before })),
    cursor.map((after) => ({ after })),
    cursor.map((around) => ({ around })),
    fc.constant({ around: '9223372036854775807' as Snowflake }),
    fc.constant({ before: '1' as Snowflake }),
  );
  const naive = (query: { before?: string; after?: string; around?: string }, limit: number) => {
    const { before, after, around } = query;
    const older = (bound: string) => truth.filter((one) => compareSnowflakes(one.id, bound) < 0);
    const younger = (bound: string) => truth.filter((one) => compareSnowflakes(one.id, bound) > 0);
    const oldest = (messages: Message[], count: number) =>
      count === 0 ? [] : messages.slice(-count);
    if (before !== undefined) return older(before).slice(0, limit);
    if (after !== undefined) return oldest(younger(after), limit);
    if (around === undefined) return truth.slice(0, limit);
    const half = Math.ceil(limit / 2);
    const until = truth.filter((one) => compareSnowflakes(one.id, around) <= 0);
    return [...oldest(younger(around), limit - half), ...until.slice(0, half)];
  };
  await fc.assert(
    fc.asyncProperty(shape, fc.integer({ min: 1, max: 50 }), async (query, limit) => {
      expect(await page({ ...query, limit })).toEqual(naive(query, limit));
    }),
    { numRuns: 150 },
  );
});

test('what was stored after the room was asked is not undone', async () => {
  const [changed, removed] = [said('first'), said('words')];
  const later = { ...changed, content: 'third', editedAt: at(3) };
  await store([later, { ...removed, content: '', removedAt: at(3) }]);
  app.rooms.answer = roomHolding([
    { ...changed, content: 'second', editedAt: at(2) },
    { ...removed, content: 'other words', editedAt: at(5) },
  ]);
  const messages = await page();
  expect(messages.map(({ content }) => content)).toEqual(['', 'third']);
});

test('the room is asked first: what it gives away meanwhile is there once', async () => {
  const message = said('just now');
  const { publish } = app.rooms;
  app.rooms.publish = async (party, roomId, events) => {
    // It answers nothing, as the outbox has just emptied itself.
    await store([message]);
    return events.map(() => ({ ok: true, messages: [] }));
  };
  const messages = await page();
  app.rooms.publish = publish;
  expect(messages).toEqual([message]);
});

test.each([
  ['is away', () => Promise.reject(new Error('away'))],
  ['says nothing', () => new Promise<PublishAnswer[]>(() => {})],
  ['refuses', () => Promise.resolve([{ ok: false, code: 'invalid', message: '' }] as const)],
])('a room that %s: better no page than one with a hole in it', async (_, answer) => {
  await store([said('stored')]);
  const { publish } = app.rooms;
  app.rooms.publish = async () => [...(await answer())];
  const reading = page();
  await expect(reading).rejects.toMatchObject({ status: 503, code: 'unavailable' });
  app.rooms.publish = publish;
  expect(app.logged.filter(({ level }) => level === 'error')).toEqual([]);
});

test('no room is asked for who may not see the channel', async () => {
  const stranger = await app.register('stranger');
  const reading = stranger.call('GET /api/channels/:id/messages', { params: { id } });
  await expect(reading).rejects.toMatchObject({ status: 404 });
  expect(app.rooms.to('main', id)).toEqual([]);
});
