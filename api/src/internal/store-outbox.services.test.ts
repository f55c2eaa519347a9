import { createSnowflakes } from '@harmonium/api/ids';
import type { Snowflake } from '@harmonium/api/ids';
import type { OutboxEntry } from '@harmonium/api/internal';
import type { Message } from '@harmonium/api/message';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startNeonProxy } from '../../testing/neon-proxy.ts';
import { startPostgres } from '../../testing/postgres.ts';
import type { Service } from '../../testing/service.ts';
import { openNeon } from '../adapters/db-neon.ts';
import { openPostgres } from '../adapters/db-postgres.ts';
import type { OpenDatabase } from '../db/database.ts';
import { attachments, pins } from '../db/schema.ts';
import { openTestApp } from '../testing/test-app.ts';
import type { LoggedIn, TestApp } from '../testing/test-app.ts';
import { storeOutbox } from './store-outbox.ts';

/* What is special to a database with more than one connection, and to its drivers. */

let postgres: Service;
let proxy: Service;
let opened: OpenDatabase[];
beforeAll(async () => {
  postgres = await startPostgres();
  proxy = await startNeonProxy(postgres.url);
  opened = [
    await openPostgres({ url: postgres.url }),
    openNeon({ url: postgres.url, wsProxy: proxy.url }),
  ];
});
afterAll(async () => {
  await Promise.all(opened.map(({ close }) => close()));
  await proxy.close();
  await postgres.close();
});

interface Place {
  app: TestApp;
  owner: LoggedIn;
  id: Snowflake;
}
let people = 0;
async function open(database: OpenDatabase | undefined): Promise<Place> {
  if (database === undefined) throw new Error('no database');
  people += 1;
  const ids = createSnowflakes({ node: people, now: Date.now });
  const app = await openTestApp({ database, ids, rateLimitScale: 1e9 });
  const owner = await app.register(`owner-${people}`);
  const { channels, server } = await owner.call('POST /api/servers', { body: { name: 'Home' } });
  return { app, owner, id: channels[0]?.id ?? server.id };
}

const at = (second: number) => new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();
const message = ({ app, owner, id }: Place, over: Partial<Message> = {}): Message => ({
  id: app.deps.ids.next(),
  channelId: id,
  author: { id: owner.user.id, username: owner.user.username, avatar: null },
  content: 'hello',
  createdAt: at(0),
  editedAt: null,
  removedAt: null,
  ...over,
});

test.each([
  ['PostgreSQL', 0],
  ['Neon', 1],
])('all that is on a message is stored in %s and comes back', async (_, index) => {
  const place = await open(opened[index]);
  const { app, owner, id } = place;
  const first = message(place, {
    replyTo: '5' as Snowflake,
    mentions: { users: [owner.user.id], roles: [], everyone: false },
    attachments: [{ id: '6' as Snowflake, name: 'a "b".txt', size: 1, type: 'text/plain' }],
  });
  const { id: of } = first;
  const embeds = [{ url: 'https://example.org/', title: 'Beispiel \\u0000 "' }];
  const userId = owner.user.id;
  const entries: OutboxEntry[] = [
    { op: 'create', message: first },
    { op: 'create', message: message(place) },
    { op: 'update', id: of, embeds, threadId: of },
    { op: 'react', id: of, emoji: '👍', userId, at: at(1) },
    { op: 'react', id: of, emoji: '🎉', userId: '7' as Snowflake, at: at(2) },
    { op: 'pin', id: of, by: userId, at: at(3) },
  ];
  await storeOutbox(app.deps, { channelId: id, entries });
  const whole = {
    ...first,
    embeds,
    threadId: of,
    reactions: [
      { emoji: '👍', count: 1, me: true },
      { emoji: '🎉', count: 1, me: false },
    ],
  };
  const params = { id };
  const page = (query: object) => owner.call('GET /api/channels/:id/messages', { params, query });
  expect((await page({ limit: 50 }))[1]).toEqual(whole);
  expect(await page({ around: of, limit: 1 })).toEqual([whole]);
  expect(await page({ ids: of })).toEqual([whole]);
  expect(
    await owner.call('GET /api/channels/:id/messages/:mid/reactions/:emoji', {
      params: { id, mid: of, emoji: '👍' },
    }),
  ).toMatchObject([{ id: userId }]);
});

test('batches of one channel that come at once, whole and in part, end as one would', async () => {
  const place = await open(opened[0]);
  const { app, owner, id } = place;
  const { db } = app.database;
  const fileIds = Array.from({ length: 100 }, () => app.deps.ids.next());
  const file = { name: 'a', size: 1, type: 'text/plain' };
  const row = { ...file, channelId: id, uploaderId: owner.user.id, state: 'ready' as const };
  await db
    .insert(attachments)
    .values(fileIds.map((fileId) => ({ ...row, id: fileId, createdAt: new Date() })));
  const all = fileIds.map((fileId) => message(place, { attachments: [{ ...file, id: fileId }] }));
  const userId = owner.user.id;
  const entries = [
    ...all.map((one) => ({ op: 'create' as const, message: one })),
    ...all.map((one) => ({ op: 'react' as const, id: one.id, emoji: '👍', userId, at: at(1) })),
    ...all.slice(0, 50).map((one) => ({ op: 'pin' as const, id: one.id, by: userId, at: at(2) })),
    ...all.slice(0, 20).map((one) => ({ op: 'remove' as const, id: one.id, removedAt: at(3) })),
  ];
  const parts = [entries, entries.slice(0, 120), entries, entries.slice(0, 230), entries];
  await Promise.all(parts.map((part) => storeOutbox(app.deps, { channelId: id, entries: part })));
  await storeOutbox(app.deps, { channelId: id, entries });
  const page = await owner.call('GET /api/channels/:id/messages', {
    params: { id },
    query: { limit: 100 },
  });
  expect(page.filter(({ removedAt }) => removedAt !== null)).toHaveLength(20);
  expect(page.filter(({ reactions: on }) => on?.[0]?.count === 1)).toHaveLength(80);
  const files = await db.select().from(attachments).where(eq(attachments.channelId, id));
  expect(files.filter(({ state }) => state === 'gone')).toHaveLength(20);
  expect(await db.select().from(pins).where(eq(pins.channelId, id))).toHaveLength(30);
});
