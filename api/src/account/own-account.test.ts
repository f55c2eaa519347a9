import { MAX_SESSIONS } from '@harmonium/api/account';
import { THEMES } from '@harmonium/api/themes';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { relationships } from '../db/schema.ts';
import { openTestApp, refreshCookieOf } from '../testing/test-app.ts';
import type { TestApp } from '../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
}, 30_000);
afterAll(() => app.close());

const password = 'correct horse';

/** Another login of an account. */
async function loginAgain(name: string, userAgent: string) {
  const response = await app.fetch('/api/auth/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': userAgent },
    body: JSON.stringify({ login: name, password }),
  });
  const cookie = refreshCookieOf(response);
  const { accessToken } = await response.json();
  const get = () =>
    app.fetch('/api/users/@me', { headers: { authorization: `Bearer ${accessToken}` } });
  const refresh = () =>
    app.fetch('/api/auth/refresh', {
      method: 'POST',
      headers: { cookie: `harmonium_refresh=${cookie}` },
    });
  return { get, refresh, sessionId: cookie.split('.')[0] ?? '' };
}
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

test('a name is changed with the password, and everyone who knows it hears the new one', async () => {
  const { user, call } = await app.register('ada');
  const { server, channels } = await call('POST /api/servers', { body: { name: 'Home' } });
  const rename = (username: string, typed?: string) =>
    call('PATCH /api/users/@me', { body: { username, password: typed } });
  await expect(rename('lovelace')).rejects.toMatchObject({ status: 403, code: 'wrong_password' });
  await expect(rename('lovelace', 'wrong')).rejects.toMatchObject({ code: 'wrong_password' });
  expect(await rename('lovelace', password)).toMatchObject({ id: user.id, username: 'lovelace' });
  await app.settled();
  expect(app.rooms.to('server', server.id)).toContainEqual({
    type: 'member',
    change: {
      type: 'member.updated',
      member: expect.objectContaining({
        serverId: server.id,
        user: { id: user.id, username: 'lovelace', avatar: null },
      }),
    },
  });
  const renamed = { id: user.id, username: 'lovelace', avatar: null };
  for (const { id } of channels) {
    expect(app.rooms.to('main', id)).toContainEqual({ type: 'user.updated', user: renamed });
  }
  expect(app.rooms.to('user', user.id)).toContainEqual({ type: 'me.updated' });
  await app.call('POST /api/auth/login', { body: { login: 'LOVELACE', password } });
});

test('a name of somebody else is taken, the own one in other letters is not', async () => {
  await app.register('bea');
  const { call } = await app.register('cleo');
  const rename = (username: string) =>
    call('PATCH /api/users/@me', { body: { username, password } });
  await expect(rename('BEA')).rejects.toMatchObject({ status: 409, code: 'username_taken' });
  await expect(rename('Deleted-1')).rejects.toMatchObject({ code: 'username_taken' });
  expect(await rename('CLEO')).toMatchObject({ username: 'CLEO' });
});

test('a new address has to be proven again, and the old one is told', async () => {
  const { call } = await app.register('dora');
  await app.register('eve');
  const move = (email: string) => call('PATCH /api/users/@me', { body: { email, password } });
  await expect(move('eve@example.org')).rejects.toMatchObject({ code: 'email_taken' });
  expect(await move('New@example.org')).toMatchObject({
    email: 'new@example.org',
    emailVerified: false,
  });
  await app.settled();
  const subjects = (to: string) =>
    app.letters.filter((letter) => letter.to === to).map(({ subject }) => subject);
  expect(subjects('dora@example.org').at(-1)).toContain('was changed');
  expect(subjects('new@example.org')).toEqual(['Confirm your address for Test']);
});

test('preferences need no password, and replace those before', async () => {
  const { call } = await app.register('fay');
  const prefer = (preferences: object) => call('PATCH /api/users/@me', { body: { preferences } });
  const first = { theme: THEMES[1], mode: 'light' } as const;
  expect(await prefer(first)).toMatchObject({ preferences: first });
  await prefer({ directFrom: 'friends' });
  expect((await call('GET /api/users/@me')).preferences).toEqual({ directFrom: 'friends' });
  await expect(prefer({ theme: 'unheard-of' })).rejects.toMatchObject({ code: 'invalid_body' });
});

test('a new password ends every other session and keeps this one', async () => {
  const { user, call } = await app.register('gil');
  const other = await loginAgain('gil', FIREFOX);
  const change = (current: string) =>
    call('POST /api/users/@me/password', { body: { current, password: 'battery staple' } });
  await expect(change('wrong')).rejects.toMatchObject({ code: 'wrong_password' });
  await change(password);
  expect((await call('GET /api/users/@me')).id).toBe(user.id);
  expect([(await other.get()).status, (await other.refresh()).status]).toEqual([401, 401]);
  await app.settled();
  expect(app.rooms.to('user', user.id)).toMatchObject([
    { type: 'revoke', sessionId: other.sessionId, reason: 'session_revoked' },
  ]);
  await expect(
    app.call('POST /api/auth/login', { body: { login: 'gil', password } }),
  ).rejects.toMatchObject({ code: 'wrong_credentials' });
});

test('a new password voids links to reset it', async () => {
  const { call } = await app.register('hana');
  await app.call('POST /api/auth/forgot-password', { body: { email: 'hana@example.org' } });
  await app.settled();
  await call('POST /api/users/@me/password', {
    body: { current: password, password: 'another 1' },
  });
  const link = app.letters.findLast((letter) => letter.link?.includes('/reset?'))?.link ?? '';
  const token = new URL(link).searchParams.get('token') ?? '';
  await expect(
    app.call('POST /api/auth/reset-password', { body: { token, password: 'thief 123' } }),
  ).rejects.toMatchObject({ code: 'link_ended' });
});

test('sessions are listed with their device and last use, and nothing of where they are', async () => {
  const { call } = await app.register('ina');
  const start = new Date(app.clock.now).toISOString();
  app.clock.now += 60_000;
  const other = await loginAgain('ina', FIREFOX);
  const list = await call('GET /api/users/@me/sessions');
  const now = new Date(app.clock.now).toISOString();
  expect(list).toEqual([
    {
      id: other.sessionId,
      device: 'Firefox on Linux',
      createdAt: now,
      lastUsedAt: now,
      current: false,
    },
    { id: expect.any(String), device: '', createdAt: start, lastUsedAt: start, current: true },
  ]);
});

test('a session is ended from another, and only by its owner', async () => {
  const { call } = await app.register('jo');
  const thief = await app.register('thief');
  const other = await loginAgain('jo', FIREFOX);
  const end = (by: typeof thief, id: string) =>
    by.call('DELETE /api/users/@me/sessions/:id', { params: { id } });
  await expect(end(thief, other.sessionId)).rejects.toMatchObject({ code: 'not_found' });
  expect((await other.get()).status).toBe(200);
  await call('DELETE /api/users/@me/sessions/:id', { params: { id: other.sessionId } });
  expect((await other.get()).status).toBe(401);
  expect(await call('GET /api/users/@me/sessions')).toHaveLength(1);
});

test('all other sessions are ended at once', async () => {
  const { call } = await app.register('kim');
  const others = [await loginAgain('kim', FIREFOX), await loginAgain('kim', '')];
  await call('DELETE /api/users/@me/sessions');
  for (const other of others) expect((await other.get()).status).toBe(401);
  expect(await call('GET /api/users/@me/sessions')).toMatchObject([{ current: true }]);
});

test('whoever holds a session cannot try passwords at will', async () => {
  const strict = await openTestApp({
    database: app.database,
    ids: app.deps.ids,
    rateLimitScale: 1,
  });
  const { call } = await strict.register('lea');
  const change = (current: string) =>
    call('POST /api/users/@me/password', { body: { current, password: 'battery staple' } });
  for (let times = 0; times < 10; times += 1) {
    await expect(change('wrong')).rejects.toMatchObject({ code: 'wrong_password' });
  }
  await expect(change(password)).rejects.toMatchObject({ code: 'rate_limited' });
});

test('of very many sessions the one that was used longest ago ends', async () => {
  const { call } = await app.register('mia');
  app.clock.now += 1000;
  for (let times = 0; times < MAX_SESSIONS; times += 1) await loginAgain('mia', FIREFOX);
  await expect(call('GET /api/users/@me')).rejects.toMatchObject({ code: 'unauthorized' });
  const last = await loginAgain('mia', FIREFOX);
  expect((await last.get()).status).toBe(200);
});

test('friends and those one talks to alone hear of a new name, too', async () => {
  const nora = await app.register('nora');
  const olga = await app.register('olga');
  const since = new Date(app.clock.now);
  const { db } = app.database;
  await db.insert(relationships).values([
    { userId: nora.user.id, otherId: olga.user.id, kind: 'friend', since },
    { userId: olga.user.id, otherId: nora.user.id, kind: 'friend', since },
  ]);
  const { id } = await olga.call('POST /api/users/@me/channels', {
    body: { userIds: [nora.user.id] },
  });
  await nora.call('PATCH /api/users/@me', { body: { username: 'eleonora', password } });
  await app.settled();
  const user = { id: nora.user.id, username: 'eleonora', avatar: null };
  const told = app.rooms.to('user', olga.user.id);
  expect(told).toContainEqual({
    type: 'relationship.changed',
    relationship: { user, kind: 'friend', since: since.toISOString() },
  });
  expect(told.at(-1)).toMatchObject({
    type: 'direct.updated',
    channel: { id, participants: expect.arrayContaining([user]) },
  });
  expect(app.rooms.to('main', id)).toContainEqual({ type: 'user.updated', user });
});
