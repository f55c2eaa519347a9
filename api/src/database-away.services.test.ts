import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres } from '../testing/postgres.ts';
import type { Service } from '../testing/service.ts';
import { openPostgres } from './adapters/db-postgres.ts';
import { openTestApp } from './testing/test-app.ts';
import type { LoggedIn, TestApp } from './testing/test-app.ts';

let postgres: Service;
let app: TestApp;
let user: LoggedIn;
beforeAll(async () => {
  postgres = await startPostgres();
  app = await openTestApp({ database: await openPostgres({ url: postgres.url }) });
  user = await app.register('user');
});
afterAll(() => app.database.close());

test('while the database is away every answer says so and asks to try again; nothing is a bug', async () => {
  expect(await user.call('GET /api/users/@me')).toMatchObject({ username: 'user' });
  await postgres.close();
  const away = { status: 503, code: 'unavailable', body: { error: { retryAfter: 2 } } };
  await expect(user.call('GET /api/users/@me')).rejects.toMatchObject(away);
  await expect(user.call('POST /api/servers', { body: { name: 'x' } })).rejects.toMatchObject(away);
  await expect(
    app.call('POST /api/auth/login', { body: { login: 'user', password: 'correct horse' } }),
  ).rejects.toMatchObject(away);
  const health = await app.fetch('/health');
  expect(health.status).toBe(503);
  expect(await health.json()).toMatchObject({
    checks: { database: { ok: false }, cache: { ok: true } },
  });
  expect(await app.call('GET /api/config')).toMatchObject({ name: 'Test' });
  expect(app.logged.filter(({ level }) => level === 'error')).toEqual([]);
});
