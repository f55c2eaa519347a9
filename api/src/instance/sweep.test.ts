import { afterAll, beforeAll, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { firstSnowflakeAt } from '@harmonium/api/ids';
import { auditLog, idempotencyKeys, invites, mailTokens, sessions } from '../db/schema.ts';
import { openTestApp } from '../testing/test-app.ts';
import type { TestApp } from '../testing/test-app.ts';
import { ACTS_KEPT_MS } from '../moderation/forget-old-acts.ts';
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

test('the audit log remembers a year, and what was done since', async () => {
  const owner = await app.register('keeper');
  const view = await owner.call('POST /api/servers', { body: { name: 'Archive' } });
  const params = { id: view.server.id };
  const act = (name: string) =>
    owner.call('POST /api/servers/:id/roles', { params, body: { name } });
  const { db } = app.database;
  const acts = async () => {
    const own = eq(auditLog.serverId, params.id);
    const rows = await db.select().from(auditLog).where(own).orderBy(auditLog.id);
    return rows.map(({ after }) => after?.['name']);
  };
  await act('early');
  app.clock.now += 1_000;
  const later = firstSnowflakeAt(app.clock.now);
  await db.update(auditLog).set({ id: later }).where(eq(auditLog.serverId, params.id));
  app.clock.now += 60_000;
  await db.insert(auditLog).values({
    id: firstSnowflakeAt(app.clock.now),
    serverId: params.id,
    actorId: owner.user.id,
    action: 'role.create',
    after: { name: 'late' },
    createdAt: new Date(app.clock.now),
  });
  app.clock.now += ACTS_KEPT_MS - 61_000;
  await sweep(app.deps);
  expect(await acts()).toEqual(['early', 'late']);
  app.clock.now += 30_000;
  await sweep(app.deps);
  expect(await acts()).toEqual(['late']);
});
