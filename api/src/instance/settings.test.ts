import { createClient } from '@harmonium/api/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settings } from '../db/schema.ts';
import { openTestApp } from '../testing/test-app.ts';
import type { LoggedIn, TestApp } from '../testing/test-app.ts';
import { SETTINGS_AGE_MS } from './settings.ts';

let app: TestApp;
let owner: Pick<LoggedIn, 'call'>;
beforeAll(async () => {
  app = await openTestApp({ ownerCode: 'the-code' });
  const response = await app.fetch('/api/auth/register', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      username: 'root',
      email: 'root@example.org',
      password: 'correct horse',
      ownerCode: 'the-code',
    }),
  });
  const { accessToken } = await response.json();
  owner = { call: createClient({ baseUrl: '', fetch: app.fetch, token: () => accessToken }) };
}, 30_000);
afterAll(() => app.close());

const config = (of: TestApp = app) => of.call('GET /api/config');

test('anyone may know the themes there are', async () => {
  expect((await config()).themes).toEqual(['harmonium', 'cathedral', 'reed']);
});

test('anyone may know what is made of pictures and links', async () => {
  expect((await config()).features).toEqual({ linkPreviews: false, thumbnails: true });
  const { database, ids, images } = app.deps;
  const other = await openTestApp({
    database,
    ids,
    images: { ...images, canScale: false },
    previews: {
      web: { read: () => Promise.resolve({ kind: 'refused', why: 'away' }) },
      shrink: () => Promise.resolve(undefined),
    },
  });
  expect((await config(other)).features).toEqual({ linkPreviews: true, thumbnails: false });
});

test('what the owner sets goes over what the environment says, until it is taken back', async () => {
  const set = { name: 'Haus', registration: 'closed', defaultTheme: 'reed', defaultMode: 'light' };
  expect(await owner.call('GET /api/instance')).toMatchObject({ name: 'Test' });
  const edit = {
    ...set,
    registration: 'closed',
    defaultTheme: 'reed',
    defaultMode: 'light',
  } as const;
  expect(await owner.call('PATCH /api/instance', { body: edit })).toEqual(set);
  expect(await config()).toMatchObject(set);
  await expect(app.register('late')).rejects.toThrow('registration_closed');
  await owner.call('PATCH /api/instance', { body: { name: null, registration: null } });
  expect(await config()).toMatchObject({
    name: 'Test',
    registration: 'open',
    defaultTheme: 'reed',
  });
  await app.register('early');
});

test('another process follows within seconds', async () => {
  const { database, clock } = app;
  const other = await openTestApp({ database, ids: app.deps.ids, now: () => clock.now });
  await config(other);
  await owner.call('PATCH /api/instance', { body: { name: 'Seen everywhere' } });
  clock.now += SETTINGS_AGE_MS;
  expect(await config(other)).toMatchObject({ name: 'Seen everywhere' });
});

test('page loads do not ask the database again and again', async () => {
  await config();
  await app.database.db.delete(settings);
  expect(await config()).toMatchObject({ name: 'Seen everywhere' });
});

test('nobody else sets anything', async () => {
  const guest = await app.register('guest');
  for (const attempt of [
    guest.call('GET /api/instance'),
    guest.call('PATCH /api/instance', { body: { name: 'Mine' } }),
  ]) {
    await expect(attempt).rejects.toMatchObject({ status: 403, code: 'forbidden' });
  }
});

test('an unknown theme or mode is refused', async () => {
  const edit = owner.call('PATCH /api/instance', { body: { defaultTheme: 'plaid' as 'reed' } });
  await expect(edit).rejects.toMatchObject({ code: 'invalid_body' });
});

test('while the database is away the page still learns whose instance it is, without a queue', async () => {
  let asked = 0;
  const { db } = app.database;
  const away = new Proxy(db, {
    get(target, name) {
      if (name !== 'select') return Reflect.get(target, name) as unknown;
      asked += 1;
      throw new Error('away');
    },
  });
  const ill = await openTestApp({ database: { ...app.database, db: away } });
  expect(await config(ill)).toMatchObject({ name: 'Test' });
  expect(await config(ill)).toMatchObject({ name: 'Test' });
  expect(asked).toBe(1);
});
