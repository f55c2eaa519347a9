import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres } from '../../testing/postgres.ts';
import type { Service } from '../../testing/service.ts';
import { openPostgres } from '../adapters/db-postgres.ts';
import type { OpenDatabase } from '../db/database.ts';
import { REFRESH_GRACE_MS } from '../sessions/refresh.ts';
import { openTestApp, refreshCookieOf } from '../testing/test-app.ts';
import type { TestApp } from '../testing/test-app.ts';

// The embedded database has one session and lets nothing happen at once; these rules need more.
let postgres: Service;
let database: OpenDatabase;
let app: TestApp;
beforeAll(async () => {
  postgres = await startPostgres();
  database = await openPostgres({ url: postgres.url });
  app = await openTestApp({ database });
});
afterAll(async () => {
  await database.close();
  await postgres.close();
});

const password = 'correct horse';
const times = <Result>(count: number, act: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, index) => act(index)));
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  app.fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const login = (name: string, more: object = {}) =>
  post('/api/auth/login', { login: name, password, ...more });
const refresh = (cookie: string) =>
  post('/api/auth/refresh', undefined, { cookie: `harmonium_refresh=${cookie}` });
const statuses = (answers: Response[]) =>
  answers.map(({ status }) => status).toSorted((a, b) => a - b);
const oneOf = (count: number, one: number, others: number) =>
  [one, ...Array.from({ length: count - 1 }, () => others)].toSorted((a, b) => a - b);

test('a refresh token used five times at once gives one session, and used later ends it', async () => {
  const { cookie, call } = await app.register('refresher');
  const answers = await times(5, () => refresh(cookie));
  expect(statuses(answers)).toEqual([200, 200, 200, 200, 200]);
  const cookies = [...new Set(answers.map(refreshCookieOf))];
  expect(cookies).toHaveLength(1);
  expect(await call('GET /api/users/@me/sessions')).toHaveLength(1);

  app.clock.now += REFRESH_GRACE_MS + 1;
  const late = await times(5, () => refresh(cookie));
  expect(statuses(late)).toEqual([401, 401, 401, 401, 401]);
  expect((await refresh(cookies[0] ?? '')).status).toBe(401);
});

test('of ten logins at once with one code, one is let in', async () => {
  const { call } = await app.register('guarded');
  const { secret } = await call('POST /api/users/@me/totp', { body: { password } });
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  const shown = () => totp.generate({ timestamp: app.clock.now });
  const { recoveryCodes } = await call('POST /api/users/@me/totp/confirm', {
    body: { code: shown() },
  });
  app.clock.now += 30_000;
  expect(statuses(await times(10, () => login('guarded', { totp: shown() })))).toEqual(
    oneOf(10, 200, 401),
  );
  const recovery = { totp: recoveryCodes[0] };
  expect(statuses(await times(10, () => login('guarded', recovery)))).toEqual(oneOf(10, 200, 401));
});

test('of ten who confirm the second factor at once, one is shown recovery codes', async () => {
  const { call, accessToken } = await app.register('confirming');
  const { secret } = await call('POST /api/users/@me/totp', { body: { password } });
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: app.clock.now,
  });
  const authorization = `Bearer ${accessToken}`;
  const confirm = () => post('/api/users/@me/totp/confirm', { code }, { authorization });
  expect(statuses(await times(10, confirm))).toEqual(oneOf(10, 200, 409));
});

test('of ten resets at once with one link, one sets the password', async () => {
  await app.register('forgetful');
  await post('/api/auth/forgot-password', { email: 'forgetful@example.org' });
  await app.settled();
  const link = app.letters.findLast((letter) => letter.link?.includes('/reset?'))?.link ?? '';
  const token = new URL(link).searchParams.get('token');
  const answers = await times(10, async (index) => ({
    index,
    answer: await post('/api/auth/reset-password', { token, password: `password ${index}` }),
  }));
  expect(statuses(answers.map(({ answer }) => answer))).toEqual(oneOf(10, 204, 410));
  const winner = answers.find(({ answer }) => answer.status === 204)?.index;
  const back = await login('forgetful', { password: `password ${winner}` });
  expect(back.status).toBe(200);
});

test('who logs in while the password is changed is out after it, whichever came first', async () => {
  const { call, accessToken } = await app.register('changing');
  const authorization = `Bearer ${accessToken}`;
  const change = { current: password, password: 'battery staple' };
  const [changed, ...logins] = await Promise.all([
    post('/api/users/@me/password', change, { authorization }),
    ...Array.from({ length: 20 }, () => login('changing')),
  ]);
  expect(changed?.status).toBe(204);
  for (const { status } of logins) expect([200, 401]).toContain(status);
  expect(await call('GET /api/users/@me/sessions')).toMatchObject([{ current: true }]);
});

test('of ten passwords set at once with the current one, one counts', async () => {
  const { accessToken } = await app.register('undecided');
  const authorization = `Bearer ${accessToken}`;
  const answers = await times(10, (index) =>
    post(
      '/api/users/@me/password',
      { current: password, password: `password ${index}` },
      { authorization },
    ),
  );
  expect(statuses(answers)).toEqual(oneOf(10, 204, 403));
});

test('of ten who take one name at once, one gets it', async () => {
  const people = await times(10, (index) => app.register(`taker-${index}`));
  const answers = await times(10, async (index) =>
    app.fetch('/api/users/@me', {
      method: 'PATCH',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${people[index]?.accessToken}`,
      },
      body: JSON.stringify({ username: 'wanted', password }),
    }),
  );
  expect(statuses(answers)).toEqual(oneOf(10, 200, 409));
});

test('an account deleted ten times at once is deleted, and nothing breaks', async () => {
  const { accessToken } = await app.register('leaving');
  const answers = await times(10, () =>
    app.fetch('/api/users/@me', {
      method: 'DELETE',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
      body: JSON.stringify({ password }),
    }),
  );
  for (const { status } of answers) expect([204, 401, 403]).toContain(status);
  expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
  expect(app.logged.filter(({ level }) => level === 'error')).toEqual([]);
});

test('what two windows of the owner set at once is both kept', async () => {
  const root = await openTestApp({ database, ids: app.deps.ids, ownerCode: 'the-code' });
  const registered = await root.fetch('/api/auth/register', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      username: 'root',
      email: 'root@example.org',
      password,
      ownerCode: 'the-code',
    }),
  });
  const { accessToken } = await registered.json();
  const set = (body: object) =>
    root.fetch('/api/instance', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
      body: JSON.stringify(body),
    });
  await Promise.all([
    set({ name: 'Both' }),
    set({ defaultMode: 'light' }),
    set({ defaultTheme: 'reed' }),
  ]);
  const another = await openTestApp({ database, ids: app.deps.ids });
  expect(await another.call('GET /api/config')).toMatchObject({
    name: 'Both',
    defaultMode: 'light',
    defaultTheme: 'reed',
  });
});
