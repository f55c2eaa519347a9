import type { Snowflake } from '@harmonium/api/ids';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { channels, messages, overrides, pins, reactions, relationships } from '../../db/schema.ts';
import { openTestApp } from '../../testing/test-app.ts';
import type { LoggedIn, TestApp } from '../../testing/test-app.ts';

let app: TestApp;
let ada: LoggedIn;
let bea: LoggedIn;
let serverId: Snowflake;
let open: Snowflake;
let hidden: Snowflake;
beforeAll(async () => {
  app = await openTestApp();
  ada = await app.register('ada');
  bea = await app.register('bea');
  const { server, channels: made } = await bea.call('POST /api/servers', {
    body: { name: 'Haus' },
  });
  serverId = server.id;
  const [first, second] = made;
  if (first === undefined || second === undefined) throw new Error('no channels');
  [open, hidden] = [first.id, second.id];
  const params = { id: serverId };
  const { code } = await bea.call('POST /api/servers/:id/invites', { params, body: {} });
  await ada.call('POST /api/invites/:code', { params: { code } });
  await app.database.db.insert(overrides).values({
    channelId: hidden,
    kind: 'member',
    targetId: ada.user.id,
    allow: 0n,
    deny: 64n,
  });
}, 30_000);
afterAll(() => app.close());

/** Stores messages as the rooms would. */
async function write(
  author: LoggedIn,
  channelId: Snowflake,
  contents: string[],
  isRemoved = false,
) {
  const createdAt = new Date(app.clock.now);
  for (let from = 0; from < contents.length; from += 500) {
    const rows = contents.slice(from, from + 500).map((content) => ({
      id: app.deps.ids.next(),
      channelId,
      authorId: author.user.id,
      content,
      createdAt,
      removedAt: isRemoved ? createdAt : null,
    }));
    await app.database.db.insert(messages).values(rows);
  }
}

const download = (user: LoggedIn) =>
  app.fetch('/api/users/@me/export', {
    headers: { authorization: `Bearer ${user.accessToken}` },
  });

/** The files of an export by name, as text. */
async function exported(user: LoggedIn): Promise<Record<string, string>> {
  const response = await download(user);
  expect(response.status).toBe(200);
  const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
  return Object.fromEntries(Object.entries(files).map(([name, file]) => [name, strFromU8(file)]));
}
const linesOf = (text = '') =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

test('an export is a zip with everything that is one’s own', async () => {
  await write(ada, open, ['hello', 'two\nlines "and" 👋']);
  const since = new Date(app.clock.now);
  await app.database.db
    .insert(relationships)
    .values({ userId: ada.user.id, otherId: bea.user.id, kind: 'friend', since });
  const response = await download(ada);
  expect(response.headers.get('content-type')).toBe('application/zip');
  expect(response.headers.get('content-disposition')).toContain('attachment');
  await response.body?.cancel();
  const files = await exported(ada);
  expect(Object.keys(files)).toEqual([
    'README.txt',
    'account.json',
    'sessions.json',
    'relationships.json',
    'reading.json',
    'servers.json',
    'reactions.jsonl',
    'pins.json',
    `messages/${serverId}/${open}.jsonl`,
  ]);
  expect(files['README.txt']).toContain('What Test holds of ada');
  expect(JSON.parse(files['account.json'] ?? '')).toMatchObject({ email: 'ada@example.org' });
  expect(JSON.parse(files['sessions.json'] ?? '')).toHaveLength(1);
  expect(JSON.parse(files['relationships.json'] ?? '')).toMatchObject([
    { userId: bea.user.id, kind: 'friend' },
  ]);
  const contents = linesOf(files[`messages/${serverId}/${open}.jsonl`]).map(
    ({ content }) => content,
  );
  expect(contents).toEqual(['hello', 'two\nlines "and" 👋']);
});

test('nothing of others is in it, nor what was removed, nor names of channels one cannot see', async () => {
  await write(bea, open, ['what bea said']);
  await write(ada, open, ['taken back'], true);
  await write(ada, hidden, ['before it was hidden']);
  const files = await exported(ada);
  const all = JSON.stringify(files);
  for (const foreign of ['what bea said', 'taken back', 'bea@example.org', 'Lounge', 'scrypt']) {
    expect(all).not.toContain(foreign);
  }
  expect(JSON.parse(files['servers.json'] ?? '')).toMatchObject([
    { id: serverId, name: 'Haus', isOwner: false, channels: [{ id: open, name: 'general' }] },
  ]);
  expect(linesOf(files[`messages/${serverId}/${hidden}.jsonl`])).toHaveLength(1);
});

test('what was answered, attached, put on messages and pinned is in it', async () => {
  const eva = await app.register('eva');
  const createdAt = new Date(app.clock.now);
  const [answered, id] = [app.deps.ids.next(), app.deps.ids.next()];
  const file = { id: answered, name: 'a.txt', size: 1, type: 'text/plain' };
  const embeds = [{ url: 'https://example.org/', title: 'what others wrote' }];
  const row = { id, channelId: open, authorId: eva.user.id, content: 'look', createdAt };
  await app.database.db
    .insert(messages)
    .values({ ...row, replyTo: answered, attachments: [file], embeds });
  const emoji = Array.from({ length: 1200 }, (_, index) => `${1000 + index}`);
  const put = (person: LoggedIn, each: string) => ({
    channelId: open,
    messageId: id,
    emoji: each,
    userId: person.user.id,
    createdAt,
  });
  await app.database.db
    .insert(reactions)
    .values([...emoji.map((each) => put(eva, each)), put(bea, '5')]);
  const pin = { channelId: open, pinnedAt: createdAt };
  await app.database.db.insert(pins).values([
    { ...pin, messageId: id, pinnedBy: eva.user.id },
    { ...pin, messageId: answered, pinnedBy: bea.user.id },
  ]);
  const files = await exported(eva);
  expect(linesOf(files[`messages/${serverId}/${open}.jsonl`])).toEqual([
    {
      id,
      content: 'look',
      createdAt: createdAt.toISOString(),
      editedAt: null,
      replyTo: answered,
      attachments: [file],
    },
  ]);
  expect(linesOf(files['reactions.jsonl']).map((line) => line.emoji)).toEqual(emoji);
  expect(JSON.parse(files['pins.json'] ?? '')).toMatchObject([{ messageId: id }]);
});

test('direct conversations are in it, one’s own side', async () => {
  const channelId = app.deps.ids.next();
  const createdAt = new Date(app.clock.now);
  await app.database.db
    .insert(channels)
    .values({ id: channelId, type: 'direct', name: '', position: 0, createdAt });
  await write(ada, channelId, ['psst']);
  await write(bea, channelId, ['what?']);
  const files = await exported(ada);
  expect(linesOf(files[`messages/direct/${channelId}.jsonl`])).toMatchObject([{ content: 'psst' }]);
});

test('more than a page of messages comes whole and in order', async () => {
  const cleo = await app.register('cleo');
  const contents = Array.from({ length: 2500 }, (_, index) => `${index}`);
  await write(cleo, open, contents);
  const files = await exported(cleo);
  const lines = linesOf(files[`messages/${serverId}/${open}.jsonl`]);
  expect(lines.map(({ content }) => content)).toEqual(contents);
});

test('who stops reading stops the export', async () => {
  const response = await download(ada);
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  await app.settled();
  expect(app.logged).toEqual([]);
});

test('what breaks on the way breaks the download, and is logged once', async () => {
  const { db } = app.database;
  let asked = 0;
  const failing = new Proxy(db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name !== 'select') return value;
      asked += 1;
      if (asked > 2) throw new Error('away');
      return (...columns: Parameters<typeof db.select>) => target.select(...columns);
    },
  });
  const broken = await openTestApp({
    database: { ...app.database, db: failing },
    now: app.deps.now,
  });
  const response = await broken.fetch('/api/users/@me/export', {
    headers: { authorization: `Bearer ${ada.accessToken}` },
  });
  await expect(response.arrayBuffer()).rejects.toThrow('away');
  await broken.settled();
  expect(broken.logged).toMatchObject([{ level: 'error', event: 'an export broke off' }]);
});

test('an export can be had a few times a day', async () => {
  const strict = await openTestApp({
    database: app.database,
    ids: app.deps.ids,
    rateLimitScale: 1,
  });
  const user = await strict.register('dora');
  const statuses: number[] = [];
  for (let times = 0; times < 6; times += 1) {
    const response = await strict.fetch('/api/users/@me/export', {
      headers: { authorization: `Bearer ${user.accessToken}` },
    });
    await response.body?.cancel();
    statuses.push(response.status);
  }
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
});
