import { Secret, TOTP } from 'otpauth';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { users } from '../db/schema.ts';
import { openTestApp } from '../testing/test-app.ts';
import type { LoggedIn, TestApp } from '../testing/test-app.ts';
import { createVault } from '../vault.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
}, 30_000);
afterAll(() => app.close());

const password = 'correct horse';
const wait = () => (app.clock.now += 30_000);
const login = (name: string, more: object = {}) =>
  app.call('POST /api/auth/login', { body: { login: name, password, ...more } });

/** What an authenticator shows. */
function shown(secret: string, at = app.clock.now): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });
}

/** Somebody with a second factor, at a moment when a new code is shown. */
async function guarded(name: string) {
  const user = await app.register(name);
  const { secret, uri } = await user.call('POST /api/users/@me/totp', { body: { password } });
  const code = shown(secret);
  const { recoveryCodes } = await user.call('POST /api/users/@me/totp/confirm', { body: { code } });
  wait();
  return { ...user, secret, uri, recoveryCodes };
}
const again = (user: LoggedIn) => user.call('GET /api/users/@me');

test('a second factor counts once its first code was shown, and is asked for from then on', async () => {
  const user = await app.register('ada');
  const { secret, uri } = await user.call('POST /api/users/@me/totp', { body: { password } });
  expect(uri).toContain('otpauth://totp/Test:ada?');
  await login('ada');
  const confirm = (code: string) =>
    user.call('POST /api/users/@me/totp/confirm', { body: { code } });
  await expect(confirm('000000')).rejects.toMatchObject({ code: 'wrong_totp' });
  const { recoveryCodes } = await confirm(shown(secret).replace(/^.../, '$& '));
  expect(new Set(recoveryCodes).size).toBe(10);
  expect(await again(user)).toMatchObject({ totp: true });
  await expect(login('ada')).rejects.toMatchObject({ status: 401, code: 'totp_required' });
  await expect(confirm(shown(secret))).rejects.toMatchObject({ code: 'totp_on' });
  expect(app.rooms.to('user', user.user.id)).toContainEqual({ type: 'me.updated' });
});

test('the code alone, without the password, is worth nothing', async () => {
  const { secret } = await guarded('bea');
  const attempt = login('bea', { password: 'wrong', totp: shown(secret) });
  await expect(attempt).rejects.toMatchObject({ code: 'wrong_credentials' });
});

test('a code is good once, one step early or late, and no later', async () => {
  const { secret } = await guarded('cleo');
  const code = shown(secret);
  expect(await login('cleo', { totp: code })).toMatchObject({ user: { username: 'cleo' } });
  await expect(login('cleo', { totp: code })).rejects.toMatchObject({ code: 'wrong_totp' });
  await login('cleo', { totp: shown(secret, app.clock.now + 30_000) });
  app.clock.now += 90_000;
  const late = shown(secret, app.clock.now - 30_000);
  const tooLate = shown(secret, app.clock.now - 60_000);
  await expect(login('cleo', { totp: tooLate })).rejects.toMatchObject({ code: 'wrong_totp' });
  await login('cleo', { totp: late });
});

test('a recovery code opens the door once, however it is typed', async () => {
  const { recoveryCodes } = await guarded('dora');
  const [first = '', second = ''] = recoveryCodes;
  await login('dora', { totp: first });
  await expect(login('dora', { totp: first })).rejects.toMatchObject({ code: 'wrong_totp' });
  await login('dora', { totp: second.toUpperCase().replaceAll('-', ' ') });
});

test('new recovery codes void the old ones', async () => {
  const user = await guarded('eve');
  const renew = (typed: string) =>
    user.call('POST /api/users/@me/recovery-codes', { body: { password: typed } });
  await expect(renew('wrong')).rejects.toMatchObject({ code: 'wrong_password' });
  const { recoveryCodes } = await renew(password);
  const [old = ''] = user.recoveryCodes;
  await expect(login('eve', { totp: old })).rejects.toMatchObject({ code: 'wrong_totp' });
  await login('eve', { totp: recoveryCodes[9] });
});

test('ending it needs password and code; logging in then asks for neither more', async () => {
  const user = await guarded('fay');
  const end = (body: { password: string; code: string }) =>
    user.call('DELETE /api/users/@me/totp', { body });
  const code = shown(user.secret);
  await expect(end({ password: 'wrong', code })).rejects.toMatchObject({ code: 'wrong_password' });
  await expect(end({ password, code: '000000' })).rejects.toMatchObject({ code: 'wrong_totp' });
  await end({ password, code });
  expect(await again(user)).toMatchObject({ totp: false });
  await login('fay');
  await expect(end({ password, code })).rejects.toMatchObject({ code: 'totp_off' });
});

test('the database alone does not tell the secret', async () => {
  const { user, secret } = await guarded('gil');
  const [row] = await app.database.db.select().from(users).where(eq(users.id, user.id));
  expect(row?.totpSecret).toMatch(/^v1\./);
  expect(JSON.stringify(row)).not.toContain(secret);
});

test('whoever knows the password cannot try codes at will, and a recovery code still lets the owner in', async () => {
  const { recoveryCodes, secret } = await guarded('hana');
  const strict = await openTestApp({
    database: app.database,
    ids: app.deps.ids,
    now: app.deps.now,
    rateLimitScale: 1,
  });
  const attempt = (totp: string, address: string) =>
    strict.fetch('/api/auth/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-test-address': address },
      body: JSON.stringify({ login: 'hana', password, totp }),
    });
  for (let times = 0; times < 5; times += 1) {
    expect((await attempt('000000', `198.51.100.${times}`)).status).toBe(401);
  }
  expect((await attempt(shown(secret), '198.51.100.9')).status).toBe(429);
  expect((await attempt(recoveryCodes[0] ?? '', '198.51.100.9')).status).toBe(200);
});

test('where the secret of the instance was replaced, a recovery code still opens the door', async () => {
  const { recoveryCodes, secret } = await guarded('ina');
  const moved = await openTestApp({
    database: app.database,
    ids: app.deps.ids,
    now: app.deps.now,
    vault: createVault('another secret'),
  });
  const attempt = (totp = '') =>
    moved.call('POST /api/auth/login', { body: { login: 'ina', password, totp } });
  await expect(attempt(shown(secret))).rejects.toMatchObject({ code: 'wrong_totp' });
  expect(moved.logged).toMatchObject([{ level: 'error' }]);
  await attempt(recoveryCodes[0]);
});
