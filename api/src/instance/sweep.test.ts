import { afterAll, beforeAll, expect, test } from 'vitest';
import { idempotencyKeys, invites, mailTokens, sessions } from '../db/schema.ts';
import { openTestApp } from '../testing/test-app.ts';
import type { TestApp } from '../testing/test-app.ts';
import { sweep } from './sweep.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
}, 30_000);
afterAll(() => app.close());

const DAY_MS = 24 * 60 * 60 * 1000;

test('what has ended long ago is swept away, what lives stays', async () => {
  const user = await app.register('user');
  const view = await user.call('POST /api/servers', { body: { name: 'Home' } });
  const params = { id: view.server.id };
  await user.call('POST /api/servers/:id/invites', { params, body: { expiresIn: 60 } });
  await user.call('POST /api/servers/:id/invites', { params, body: {} });
  await app.fetch('/api/servers', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${user.accessToken}`,
      'idempotency-key': 'key',
    },
    body: JSON.stringify({ name: 'Once' }),
  });
  const { db } = app.database;
  const counts = async () => [
    (await db.select().from(sessions)).length,
    (await db.select().from(invites)).length,
    (await db.select().from(idempotencyKeys)).length,
    (await db.select().from(mailTokens)).length,
  ];
  await app.settled();
  await sweep(app.deps);
  expect(await counts()).toEqual([1, 2, 1, 1]);
  app.clock.now += 8 * DAY_MS;
  await sweep(app.deps);
  expect(await counts()).toEqual([1, 1, 0, 0]);
  app.clock.now += 30 * DAY_MS;
  await sweep(app.deps);
  expect(await counts()).toEqual([0, 1, 0, 0]);
});
