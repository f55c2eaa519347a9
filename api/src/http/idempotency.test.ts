import { endpoints } from '@harmonium/api/endpoints';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { idempotencyKeys } from '../db/schema.ts';
import { openTestApp } from '../testing/test-app.ts';
import type { LoggedIn, TestApp } from '../testing/test-app.ts';

let app: TestApp;
let user: LoggedIn;
let other: LoggedIn;
beforeAll(async () => {
  app = await openTestApp();
  user = await app.register('user');
  other = await app.register('other');
}, 30_000);
afterAll(() => app.close());

function create(name: string, key: string, who = user): Promise<Response> {
  return app.fetch('/api/servers', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${who.accessToken}`,
      'idempotency-key': key,
    },
    body: JSON.stringify({ name }),
  });
}
const serversOf = async (who: LoggedIn) => (await who.call('GET /api/users/@me/servers')).length;

test('a request sent twice is done once and answered alike', async () => {
  const before = await serversOf(user);
  const [first, second] = [await create('One', 'key-1'), await create('One', 'key-1')];
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(await second.json()).toEqual(await first.json());
  expect(await serversOf(user)).toBe(before + 1);
});

test('a request sent twice at once is done once', async () => {
  const before = await serversOf(user);
  const answers = await Promise.all([1, 2, 3].map(() => create('One', 'key-2')));
  for (const { status } of answers) expect([201, 503]).toContain(status);
  expect(await serversOf(user)).toBe(before + 1);
});

test('the same key for something else is a mistake', async () => {
  await create('One', 'key-3');
  const mismatch = await create('Two', 'key-3');
  expect(mismatch.status).toBe(409);
  expect(await mismatch.json()).toMatchObject({ error: { code: 'idempotency_mismatch' } });
});

test('keys of two users do not meet', async () => {
  await create('Mine', 'key-4');
  expect((await create('Theirs', 'key-4', other)).status).toBe(201);
  expect(await serversOf(other)).toBe(1);
});

test('a refused request may be tried again with its key', async () => {
  const refused = await create('', 'key-5');
  expect(refused.status).toBe(400);
  expect((await create('Better', 'key-5')).status).toBe(201);
});

test('a key serves again after a day', async () => {
  await create('One', 'key-6');
  app.clock.now += 24 * 60 * 60 * 1000 + 1;
  user = { ...user, accessToken: await app.deps.accessTokens.issue(await callerOf(user)) };
  expect((await create('Two', 'key-6')).status).toBe(201);
});

async function callerOf(who: LoggedIn) {
  const [, payload = ''] = who.accessToken.split('.');
  const { sub, sid } = JSON.parse(atob(payload));
  return { userId: sub, sessionId: sid };
}

test('an odd key is refused', async () => {
  expect((await create('One', 'x'.repeat(129))).status).toBe(400);
});

test('nothing is kept of a request with a password or an answer with codes', async () => {
  const { accessToken, user: guarded } = await app.register('guarded');
  const begin = () =>
    app.fetch('/api/users/@me/totp', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${accessToken}`,
        'idempotency-key': 'key-6',
      },
      body: JSON.stringify({ password: 'correct horse' }),
    });
  const [first, second] = [await begin(), await begin()];
  expect([first.status, second.status]).toEqual([200, 200]);
  expect((await second.json()).secret).not.toBe((await first.json()).secret);
  const { db } = app.database;
  const kept = await db
    .select()
    .from(idempotencyKeys)
    .where(eq(idempotencyKeys.userId, guarded.id));
  expect(kept).toEqual([]);
});

test('every route that asks for a password is one of those', () => {
  const asking = Object.entries(endpoints).filter(([key, endpoint]) => {
    if (endpoint.caller !== 'user' || !('body' in endpoint)) return false;
    const shape = JSON.stringify(
      z.toJSONSchema(endpoint.body, { unrepresentable: 'any', io: 'input' }),
    );
    return /"(password|current|code|totp)"/.test(shape) && !key.startsWith('GET ');
  });
  expect(asking.length).toBeGreaterThan(5);
  expect(asking.filter(([, endpoint]) => !('secret' in endpoint)).map(([key]) => key)).toEqual([]);
});
