import type { Snowflake } from '@harmonium/api/ids';
import { REFRESH_COOKIE } from '@harmonium/api/session';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { channels as channelRows, participants } from '../db/schema.ts';
import { openTestApp, refreshCookieOf } from '../testing/test-app.ts';
import type { TestApp } from '../testing/test-app.ts';
import { REFRESH_GRACE_MS } from './refresh.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
}, 30_000);
afterAll(() => app.close());

/** Another app on the same data: ids of two sources would meet. */
const shared = () => ({ database: app.database, ids: app.deps.ids });

function post(path: string, body?: unknown, cookie?: string): Promise<Response> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (cookie !== undefined) headers['cookie'] = `${REFRESH_COOKIE}=${cookie}`;
  return app.fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
}
const refresh = (cookie: string) => post('/api/auth/refresh', undefined, cookie);
async function codeOf(response: Response): Promise<string> {
  return (await response.json()).error.code;
}

test('a new account is logged in, and logs in again by name or e-mail in any case', async () => {
  const { user, call } = await app.register('Ada');
  expect(await call('GET /api/users/@me')).toEqual(user);
  for (const login of ['ada', 'ADA', 'ada@example.org', 'Ada@Example.org']) {
    const response = await post('/api/auth/login', { login, password: 'correct horse' });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ user: { id: user.id }, expiresIn: 900 });
  }
});

const account = (username: string, more: object = {}) => ({
  username,
  email: `${username}@example.org`,
  password: 'correct horse',
  ...more,
});

test('names and addresses are unique without regard to case', async () => {
  await app.register('Grace');
  const named = await post('/api/auth/register', account('gRACE', { email: 'other@example.org' }));
  expect(await codeOf(named)).toBe('username_taken');
  const addressed = await post(
    '/api/auth/register',
    account('hopper', { email: 'GRACE@example.org' }),
  );
  expect(await codeOf(addressed)).toBe('email_taken');
});

test('of two who take a name at once, one gets it and the other is told', async () => {
  const bodies = ['Twin', 'tWIN'].map((name) => account(name));
  const answers = await Promise.all(bodies.map((body) => post('/api/auth/register', body)));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
});

test('a wrong password and an unknown name are answered alike, and both spend a hash', async () => {
  await app.register('linus');
  const wrong = await post('/api/auth/login', { login: 'linus', password: 'wrong' });
  const unknown = await post('/api/auth/login', { login: 'nobody', password: 'wrong' });
  expect([wrong.status, unknown.status]).toEqual([401, 401]);
  const [first, second] = [await wrong.json(), await unknown.json()];
  expect(first.error.code).toBe('wrong_credentials');
  expect(second.error.message).toBe(first.error.message);
});

test('the refresh cookie is out of reach of scripts and of other sites', async () => {
  const response = await post('/api/auth/login', {
    login: 'ada',
    password: 'correct horse',
  });
  const cookie = response.headers.get('set-cookie');
  for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/api/auth']) {
    expect(cookie).toContain(part);
  }
});

test('a refresh rotates the cookie', async () => {
  const { cookie, user } = await app.register('rotating');
  const first = await refresh(cookie);
  expect(await first.json()).toMatchObject({ user: { id: user.id } });
  const next = refreshCookieOf(first);
  expect(next).not.toBe(cookie);
  expect((await refresh(next)).status).toBe(200);
});

test('an old cookie that turns up later ends the session for everyone who holds it', async () => {
  const { cookie, call, user } = await app.register('stolen');
  const next = refreshCookieOf(await refresh(cookie));
  app.clock.now += REFRESH_GRACE_MS + 1;
  expect(await codeOf(await refresh(cookie))).toBe('refresh_reused');
  expect(await codeOf(await refresh(next))).toBe('unauthorized');
  await expect(call('GET /api/users/@me')).rejects.toMatchObject({ code: 'unauthorized' });
  await app.settled();
  expect(app.rooms.to('user', user.id)).toMatchObject([
    { type: 'revoke', reason: 'session_revoked' },
  ]);
});

test('tabs that refresh at the same moment all stay logged in, with the same cookie', async () => {
  const { cookie } = await app.register('tabs');
  const answers = await Promise.all([1, 2, 3].map(() => refresh(cookie)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  const cookies = new Set(answers.map(refreshCookieOf));
  expect(cookies.size).toBe(1);
  expect((await refresh([...cookies][0] ?? '')).status).toBe(200);
});

test('a cookie two steps old is reuse, however fresh', async () => {
  const { cookie } = await app.register('two-steps');
  const second = refreshCookieOf(await refresh(cookie));
  await refresh(second);
  expect(await codeOf(await refresh(cookie))).toBe('refresh_reused');
});

test.each(['', 'x', '1.0.', '12345.0.' + 'A'.repeat(43), `${'9'.repeat(19)}.0.${'A'.repeat(43)}`])(
  'the cookie %j is nobody',
  async (cookie) => {
    expect(await codeOf(await refresh(cookie))).toBe('unauthorized');
  },
);

test('a cookie whose generation was altered is nobody, and harms no session', async () => {
  const { cookie } = await app.register('altered');
  const [id, , mac] = cookie.split('.');
  expect(await codeOf(await refresh(`${id}.7.${mac}`))).toBe('unauthorized');
  expect((await refresh(cookie)).status).toBe(200);
});

test('logging out ends the session, its tokens and its sockets', async () => {
  const { cookie, call, user } = await app.register('leaver');
  const { server, channels } = await call('POST /api/servers', { body: { name: 'Home' } });
  const out = await post('/api/auth/logout', undefined, cookie);
  expect(out.status).toBe(204);
  expect(refreshCookieOf(out)).toBe('');
  expect(await codeOf(await refresh(cookie))).toBe('unauthorized');
  await expect(call('GET /api/users/@me')).rejects.toMatchObject({ code: 'unauthorized' });
  await app.settled();
  const revoke = { type: 'revoke', userId: user.id, reason: 'session_revoked' };
  expect(app.rooms.to('user', user.id)).toContainEqual(expect.objectContaining(revoke));
  expect(app.rooms.to('server', server.id)).toContainEqual(expect.objectContaining(revoke));
  for (const { id } of channels) {
    expect(app.rooms.to('main', id)).toContainEqual(expect.objectContaining(revoke));
  }
});

test('logging out without a cookie is fine', async () => {
  expect((await post('/api/auth/logout')).status).toBe(204);
});

test('an access token ends after its time, and says so', async () => {
  const { call } = await app.register('late');
  app.clock.now += 16 * 60 * 1000;
  await expect(call('GET /api/users/@me')).rejects.toMatchObject({ code: 'token_expired' });
});

test('a session that was not used for a month has ended', async () => {
  const { cookie } = await app.register('away');
  app.clock.now += 31 * 24 * 60 * 60 * 1000;
  expect(await codeOf(await refresh(cookie))).toBe('unauthorized');
});

test('the owner link makes one account the owner, once, even where registration is closed', async () => {
  const instance = { ...app.deps.instance, registration: 'closed' } as const;
  const closed = await openTestApp({ ...shared(), instance, ownerCode: 'the-code' });
  const register = (username: string, more: object) =>
    closed.fetch('/api/auth/register', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(account(username, more)),
    });
  expect(await codeOf(await register('early', {}))).toBe('registration_closed');
  expect(await codeOf(await register('guess', { ownerCode: 'a-code' }))).toBe('forbidden');
  const owner = await register('owner', { ownerCode: 'the-code' });
  expect(await owner.json()).toMatchObject({ user: { instanceOwner: true } });
  expect(await codeOf(await register('second', { ownerCode: 'the-code' }))).toBe('forbidden');
});

test('where an invite is needed, a good one opens the door', async () => {
  const host = await app.register('host');
  const { server } = await host.call('POST /api/servers', { body: { name: 'Door' } });
  const invite = await host.call('POST /api/servers/:id/invites', {
    params: { id: server.id },
    body: {},
  });
  const instance = { ...app.deps.instance, registration: 'invite' } as const;
  const guarded = await openTestApp({ ...shared(), instance });
  const register = (username: string, more: object) =>
    guarded.fetch('/api/auth/register', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(account(username, more)),
    });
  expect(await codeOf(await register('guest', {}))).toBe('invite_required');
  expect(await codeOf(await register('guest', { invite: 'wrong' }))).toBe('invite_required');
  expect((await register('guest', { invite: invite.code })).status).toBe(201);
});

test('a session that ends closes the sockets of every channel, however many there are', async () => {
  const many = 2_100;
  const { user, call, cookie } = await app.register('everywhere');
  const { server } = await call('POST /api/servers', { body: { name: 'Large' } });
  const createdAt = new Date(app.clock.now);
  const { db } = app.database;
  const ofServer = Array.from({ length: many }, (_, position) => ({
    id: app.deps.ids.next(),
    serverId: server.id,
    type: 'text' as const,
    name: `channel-${position}`,
    position,
    createdAt,
  }));
  const groups = Array.from({ length: many }, (_, position) => ({
    id: app.deps.ids.next(),
    type: 'group' as const,
    name: 'group',
    position,
    createdAt,
  }));
  await db.insert(channelRows).values(ofServer);
  await db.insert(channelRows).values(groups);
  await db
    .insert(participants)
    .values(groups.map(({ id }) => ({ channelId: id, userId: user.id, joinedAt: createdAt })));
  await post('/api/auth/logout', undefined, cookie);
  await app.settled();
  const isTold = ({ id }: { id: Snowflake }) =>
    app.rooms.to('main', id).some(({ type }) => type === 'revoke');
  expect(ofServer.filter(isTold)).toHaveLength(many);
  expect(groups.filter(isTold)).toHaveLength(many);
});
