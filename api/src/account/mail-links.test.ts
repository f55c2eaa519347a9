import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApp } from '../testing/test-app.ts';
import type { TestApp } from '../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
}, 30_000);
afterAll(() => app.close());

const HOUR_MS = 60 * 60 * 1000;
const lettersTo = (to: string) => app.letters.filter((letter) => letter.to === to);

/** The token in the last letter with a link. */
async function tokenFor(to: string, page: 'verify' | 'reset'): Promise<string> {
  await app.settled();
  const link = lettersTo(to).findLast((letter) => letter.link?.includes(`/${page}?`))?.link;
  return new URL(link ?? 'missing:').searchParams.get('token') ?? '';
}
const verify = (token: string) => app.call('POST /api/auth/verify-email', { body: { token } });
const forget = (email: string) => app.call('POST /api/auth/forgot-password', { body: { email } });
const reset = (token: string, password = 'battery staple') =>
  app.call('POST /api/auth/reset-password', { body: { token, password } });
const login = (name: string, password: string) =>
  app.call('POST /api/auth/login', { body: { login: name, password } });

test('who registers is sent a link to prove the address, and it does so once', async () => {
  const { call } = await app.register('ada');
  const token = await tokenFor('ada@example.org', 'verify');
  const [letter] = lettersTo('ada@example.org');
  expect(letter?.link).toBe(`http://chat.example/verify?token=${token}`);
  expect(letter?.text).toContain(`Hello ada,`);
  for (const body of [letter?.text, letter?.html]) expect(body).toContain(letter?.link);
  expect(letter?.html).not.toMatch(/<img|src=/);
  await verify(token);
  expect(await call('GET /api/users/@me')).toMatchObject({ emailVerified: true });
  await expect(verify(token)).rejects.toMatchObject({ status: 410, code: 'link_ended' });
});

test('the link can be had again until the address is proven', async () => {
  const { call } = await app.register('bea');
  await call('POST /api/auth/resend-verification');
  const token = await tokenFor('bea@example.org', 'verify');
  expect(lettersTo('bea@example.org')).toHaveLength(2);
  await verify(token);
  await expect(call('POST /api/auth/resend-verification')).rejects.toMatchObject({
    code: 'already_verified',
  });
});

test('a link to prove an address ends after a day, and proves no later address', async () => {
  const { call } = await app.register('cleo');
  const late = await tokenFor('cleo@example.org', 'verify');
  app.clock.now += 24 * HOUR_MS;
  await expect(verify(late)).rejects.toMatchObject({ code: 'link_ended' });
  const fresh = await app.register('cleo-2');
  const token = await tokenFor('cleo-2@example.org', 'verify');
  await fresh.call('PATCH /api/users/@me', {
    body: { email: 'cleo-3@example.org', password: 'correct horse' },
  });
  await expect(verify(token)).rejects.toMatchObject({ code: 'link_ended' });
  expect(await fresh.call('GET /api/users/@me')).toMatchObject({ emailVerified: false });
  await expect(call('GET /api/users/@me')).rejects.toMatchObject({ code: 'token_expired' });
});

test('a forgotten password is set anew by mail, and everyone who was logged in is out', async () => {
  const { user, call, cookie } = await app.register('dora');
  await forget('Dora@example.org');
  await reset(await tokenFor('dora@example.org', 'reset'));
  await expect(call('GET /api/users/@me')).rejects.toMatchObject({ code: 'unauthorized' });
  const refreshed = await app.fetch('/api/auth/refresh', {
    method: 'POST',
    headers: { cookie: `harmonium_refresh=${cookie}` },
  });
  expect(refreshed.status).toBe(401);
  await expect(login('dora', 'correct horse')).rejects.toMatchObject({ code: 'wrong_credentials' });
  const back = await login('dora', 'battery staple');
  expect(back.user).toMatchObject({ id: user.id, emailVerified: true });
  await app.settled();
  expect(app.rooms.to('user', user.id)).toContainEqual(
    expect.objectContaining({ type: 'revoke', reason: 'session_revoked' }),
  );
  expect(lettersTo('dora@example.org').at(-1)?.subject).toContain('was changed');
});

test('a link to set a password works once, and voids the others', async () => {
  await app.register('eve');
  await forget('eve@example.org');
  const first = await tokenFor('eve@example.org', 'reset');
  await forget('eve@example.org');
  const second = await tokenFor('eve@example.org', 'reset');
  expect(second).not.toBe(first);
  await reset(first);
  for (const used of [first, second]) {
    await expect(reset(used)).rejects.toMatchObject({ code: 'link_ended' });
  }
});

test('a link to set a password ends after an hour, and is none to prove an address', async () => {
  await app.register('fay');
  await forget('fay@example.org');
  const token = await tokenFor('fay@example.org', 'reset');
  await expect(verify(token)).rejects.toMatchObject({ code: 'link_ended' });
  app.clock.now += HOUR_MS;
  await expect(reset(token)).rejects.toMatchObject({ code: 'link_ended' });
});

test('asking for a password to be reset tells nothing about who has an account', async () => {
  const before = app.letters.length;
  await forget('nobody@example.org');
  await app.settled();
  expect(app.letters).toHaveLength(before);
});

test('nobody can fill a mailbox with resets', async () => {
  const strict = await openTestApp({
    database: app.database,
    ids: app.deps.ids,
    rateLimitScale: 1,
  });
  await strict.register('gil');
  for (let times = 0; times < 8; times += 1) {
    const response = await strict.fetch('/api/auth/forgot-password', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-test-address': `198.51.100.${times}` },
      body: JSON.stringify({ email: 'gil@example.org' }),
    });
    expect(response.status).toBe(204);
  }
  await strict.settled();
  expect(strict.letters.filter(({ link }) => link?.includes('/reset?'))).toHaveLength(4);
});

test('a name made of markup stays a name', async () => {
  const { call } = await app.register('hana');
  await app.deps.database.db.execute(`update users set username = '<b>x' where username = 'hana'`);
  await call('POST /api/auth/resend-verification');
  await app.settled();
  expect(lettersTo('hana@example.org').at(-1)?.html).toContain('&lt;b&gt;x');
});

test('a letter that nobody takes is logged without the address, and the account is there', async () => {
  const mute = await openTestApp({
    database: app.database,
    ids: app.deps.ids,
    mail: { send: () => Promise.reject(new Error('no route')) },
  });
  await mute.register('ina');
  await mute.settled();
  expect(mute.logged).toMatchObject([{ level: 'warn', event: 'a letter was not sent' }]);
  expect(JSON.stringify(mute.logged)).not.toContain('ina@example.org');
});

test('without a mail server registering sends nothing, and a link that is asked for is told', async () => {
  const instance = { ...app.deps.instance, mail: false };
  const quiet = await openTestApp({ database: app.database, ids: app.deps.ids, instance });
  const { call } = await quiet.register('jo');
  await quiet.settled();
  expect(quiet.letters).toEqual([]);
  await call('POST /api/auth/resend-verification');
  await quiet.settled();
  expect(quiet.letters).toHaveLength(1);
});
