import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import type { ChannelPublish } from '@harmonium/rooms/publish';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestApp } from '../testing/test-app.ts';
import type { LoggedIn, TestApp } from '../testing/test-app.ts';

let app: TestApp;
let owner: LoggedIn;
let id: Snowflake;
beforeAll(async () => {
  app = await openTestApp();
  owner = await app.register('owner');
  const view = await owner.call('POST /api/servers', { body: { name: 'Home' } });
  const [general] = view.channels;
  if (general === undefined) throw new Error('no channel');
  id = general.id;
}, 30_000);
afterAll(() => app.close());
beforeEach(async () => {
  app.rooms.answer = () => ({ ok: true });
  await app.settled();
  app.rooms.published.splice(0);
});

const message = (over: Partial<Message> = {}): Message => ({
  id: app.deps.ids.next(),
  channelId: id,
  author: owner.user,
  content: 'hello',
  createdAt: new Date(app.clock.now).toISOString(),
  editedAt: null,
  removedAt: null,
  ...over,
});

const send = (content: string) =>
  owner.call('POST /api/channels/:id/messages', {
    params: { id },
    body: { content, nonce: 'n-1' },
  });

test('a message by REST goes through the room, with what its author may do', async () => {
  const accepted = message();
  app.rooms.answer = () => ({ ok: true, message: accepted });
  expect(await send('  hello  ')).toEqual({ ...accepted, author: userOf(owner) });
  const [said] = app.rooms.to('main', id) as Extract<ChannelPublish, { type: 'accept' }>[];
  expect(said).toMatchObject({
    type: 'accept',
    author: { id: owner.user.id, username: 'owner' },
    event: { type: 'message.send', content: 'hello', nonce: 'n-1' },
  });
  expect(BigInt(said?.permissions ?? 0) & 32n).toBe(32n);
});

test.each([
  ['missing_permission', 403, 'forbidden'],
  ['not_found', 404, 'not_found'],
  ['too_many', 409, 'limit_reached'],
  ['flooding', 429, 'rate_limited'],
  ['slow_mode', 429, 'rate_limited'],
  ['invalid', 400, 'invalid_body'],
  ['unavailable', 503, 'unavailable'],
] as const)('a room that says %s is answered %s %s', async (code, status, answered) => {
  app.rooms.answer = () => ({ ok: false, code, message: 'because', retryAfter: 7 });
  await expect(send('hello')).rejects.toMatchObject({
    status,
    code: answered,
    body: { error: { message: 'because', retryAfter: 7 } },
  });
});

test('a room that cannot be reached is a reason to try again, not a bug', async () => {
  app.rooms.answer = () => {
    throw new Error('away');
  };
  await expect(send('hello')).rejects.toMatchObject({ status: 503, code: 'unavailable' });
  expect(app.logged.filter(({ level }) => level === 'error')).toEqual([]);
});

function userOf({ user }: LoggedIn) {
  return { id: user.id, username: user.username, avatar: user.avatar };
}

async function store(...entries: object[]): Promise<Response> {
  const token = await app.deps.serviceTokens.issue('rooms', 'api');
  return app.fetch('/api/internal/outbox', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ channelId: id, entries }),
  });
}
const create = (over?: Partial<Message>) => ({ op: 'create', message: message(over) }) as const;
const page = (query: object = {}) =>
  owner.call('GET /api/channels/:id/messages', { params: { id }, query });
const idsOf = (list: { id: Snowflake }[]) => list.map((entry) => entry.id);

test('what the outbox brings is there to read, newest first', async () => {
  const entries = [create({ content: 'one' }), create({ content: 'two' })];
  expect((await store(...entries)).status).toBe(204);
  const [two, one] = await page({ limit: 2 });
  expect([one?.content, two?.content]).toEqual(['one', 'two']);
  expect(one).toEqual({ ...entries[0]?.message, author: userOf(owner) });
});

test('a batch stored again changes nothing', async () => {
  const { message: first } = create();
  const entries = [
    { op: 'create', message: first },
    { op: 'edit', id: first.id, content: 'edited', editedAt: '2026-01-01T00:00:01.000Z' },
  ];
  await store(...entries);
  await store(...entries);
  expect(await page({ around: first.id, limit: 1 })).toMatchObject([{ content: 'edited' }]);
});

test('a batch whose answer was lost may come again longer', async () => {
  const first = create();
  await store(first);
  const editedAt = '2026-01-01T00:00:01.000Z';
  await store(first, { op: 'edit', id: first.message.id, content: 'later', editedAt });
  const [stored] = await page({ around: first.message.id, limit: 1 });
  expect(stored).toMatchObject({ content: 'later', editedAt });
});

test('of several edits in a batch the last stays, and an older one never comes back', async () => {
  const first = create();
  const edit = (content: string, second: number) => ({
    op: 'edit',
    id: first.message.id,
    content,
    editedAt: `2026-01-01T00:00:0${second}.000Z`,
  });
  await store(first, edit('one', 1), edit('two', 2));
  await store(edit('one', 1));
  expect(await page({ around: first.message.id, limit: 1 })).toMatchObject([{ content: 'two' }]);
});

test('a removed message is an empty tombstone, whatever comes after', async () => {
  const first = create();
  const removedAt = '2026-01-01T00:00:05.000Z';
  await store(first, { op: 'remove', id: first.message.id, removedAt });
  await store(first, {
    op: 'edit',
    id: first.message.id,
    content: 'back',
    editedAt: '2026-01-01T00:00:09.000Z',
  });
  const [tombstone] = await page({ around: first.message.id, limit: 1 });
  expect(tombstone).toMatchObject({ content: '', removedAt });
});

test('characters that PostgreSQL cannot store hold nothing up', async () => {
  const odd = create({ content: `a\0b\ud800c'"\\u0000` });
  expect((await store(odd, create())).status).toBe(204);
  const [stored] = await page({ around: odd.message.id, limit: 1 });
  expect(stored?.content).toBe(`a\ufffdb\ufffdc'"\\u0000`);
});

test('a message of an author who is gone stays', async () => {
  const ghost = { id: '42' as Snowflake, username: 'ghost', avatar: null };
  const entry = create({ author: ghost });
  expect((await store(entry)).status).toBe(204);
  const [stored] = await page({ around: entry.message.id, limit: 1 });
  expect(stored?.author).toEqual({ id: '42', username: 'deleted', avatar: null });
});

test('what a deleted channel still has to say is dropped', async () => {
  const token = await app.deps.serviceTokens.issue('rooms', 'api');
  const response = await app.fetch('/api/internal/outbox', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ channelId: '77', entries: [create({ channelId: '77' as Snowflake })] }),
  });
  expect(response.status).toBe(204);
});

test('only services reach what is theirs', async () => {
  const tokens = [owner.accessToken, await app.deps.serviceTokens.issue('api', 'rooms'), ''];
  for (const token of tokens) {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const body = JSON.stringify({ channelId: id, entries: [create()] });
    const init = { method: 'POST', headers, body };
    expect((await app.fetch('/api/internal/outbox', init)).status).toBe(401);
  }
});

test('a room gets one stored message, the youngest ones, and of its server the structure and members', async () => {
  const entry = create({ content: 'one' });
  await store(entry);
  const headers = { authorization: `Bearer ${await app.deps.serviceTokens.issue('rooms', 'api')}` };
  const get = async (path: string) => app.fetch(`/api/internal/${path}`, { headers });
  const one = await get(`channels/${id}/messages/${entry.message.id}`);
  expect(await one.json()).toMatchObject({ content: 'one' });
  expect((await get(`channels/${id}/messages/5`)).status).toBe(404);
  const history = await get(`channels/${id}/messages?limit=1`);
  expect(await history.json()).toMatchObject({
    messages: [{ ...entry.message, author: userOf(owner) }],
  });
  expect(await (await get('channels/5/messages')).json()).toMatchObject({ messages: [] });
  const [server] = await owner.call('GET /api/users/@me/servers');
  const members = async (serverId: string | undefined) =>
    app.fetch(`/api/internal/servers/${serverId}/members`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ userIds: [owner.user.id, '42'] }),
    });
  expect(await (await members(server?.id)).json()).toMatchObject([{ user: { id: owner.user.id } }]);
  expect((await members('5')).status).toBe(404);
  const structure = await get(`servers/${server?.id}/structure`);
  expect(await structure.json()).toMatchObject({ server, channels: [{ id }, {}] });
});

test('pages hang together, whichever way they are turned', async () => {
  const view = await owner.call('POST /api/servers', { body: { name: 'Long' } });
  id = view.channels[0]?.id ?? id;
  const entries = Array.from({ length: 250 }, (_, index) => create({ content: `${index}` }));
  await store(...entries);
  const all = entries.map((entry) => entry.message.id).reverse();

  const back: Snowflake[] = [];
  for (let before: Snowflake | undefined; ; before = back.at(-1)) {
    const older = idsOf(await page({ before, limit: 60 }));
    if (older.length === 0) break;
    back.push(...older);
  }
  expect(back).toEqual(all);

  const middle = all[100];
  expect(idsOf(await page({ after: middle, limit: 10 }))).toEqual(all.slice(90, 100));
  expect(idsOf(await page({ around: middle, limit: 10 }))).toEqual(all.slice(95, 105));
  expect(idsOf(await page({ around: all[0], limit: 10 }))).toEqual(all.slice(0, 5));
  expect(idsOf(await page())).toEqual(all.slice(0, 50));
});

test.each([
  { limit: 0 },
  { limit: 101 },
  { limit: 'x' },
  { before: 'x' },
  { before: '1', after: '2' },
])('the page %j is a bad request', async (query) => {
  await expect(page(query)).rejects.toMatchObject({ code: 'bad_request' });
});
