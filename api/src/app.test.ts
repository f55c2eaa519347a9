import { endpoints } from '@harmonium/api/endpoints';
import { ErrorBody } from '@harmonium/api/errors';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { users } from './db/schema.ts';
import { withoutParameters } from './db/query-error.ts';
import { openTestApp } from './testing/test-app.ts';
import type { TestApp } from './testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
}, 30_000);
afterAll(() => app.close());

const SOME_ID = '1234567890123';

async function errorOf(response: Response) {
  return ErrorBody.parse(await response.json()).error;
}

test.each(Object.keys(endpoints))('%s is served', async (key) => {
  const [method = '', path = ''] = key.split(' ');
  const response = await app.fetch(path.replace(/:code/, 'abcdef').replace(/:\w+/g, SOME_ID), {
    method,
  });
  const text = await response.text();
  // Without account or body nothing works, but an unknown route would say not_found.
  expect(text).not.toContain('"not_found"');
});

test.each(Object.entries(endpoints))('%s is in the OpenAPI document', async (key, endpoint) => {
  const [method = '', path = ''] = key.split(' ');
  const document = await (await app.fetch('/api/openapi.json')).json();
  const operation = document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
  expect(operation).toMatchObject({ summary: endpoint.summary });
  expect(Object.keys(operation.responses)).toEqual([String(endpoint.status), 'default']);
});

test('the docs page names every route and loads nothing from elsewhere', async () => {
  const page = await (await app.fetch('/api/docs')).text();
  for (const key of Object.keys(endpoints)) expect(page).toContain(key);
  expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
});

test('every answer carries its request id', async () => {
  const response = await app.fetch('/api/nowhere');
  expect(response.status).toBe(404);
  const { code, requestId } = await errorOf(response);
  expect(code).toBe('not_found');
  expect(response.headers.get('x-request-id')).toBe(requestId);
});

test('a request of another service keeps its id; nobody else chooses one', async () => {
  const { serviceTokens } = app.deps;
  const id = crypto.randomUUID();
  const { accessToken } = await app.register('forger');
  const ask = async (token: string | undefined, given: string) => {
    const headers: Record<string, string> = { 'x-request-id': given };
    if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
    const response = await app.fetch(`/api/internal/servers/${SOME_ID}/structure`, { headers });
    const told = response.headers.get('x-request-id');
    expect((await errorOf(response)).requestId).toBe(told);
    return told;
  };
  expect(await ask(await serviceTokens.issue('rooms', 'api'), id)).toBe(id);
  expect(await ask(await serviceTokens.issue('rooms', 'api'), 'a line')).not.toBe('a line');
  for (const token of [undefined, accessToken, await serviceTokens.issue('api', 'rooms')]) {
    expect(await ask(token, id)).not.toBe(id);
  }
});

test('an id that is no snowflake is bad_id, an unknown one not_found', async () => {
  const { call } = await app.register('ida');
  const get = (id: string) => call('GET /api/servers/:id', { params: { id } });
  await expect(get('abc')).rejects.toMatchObject({ status: 400, code: 'bad_id' });
  await expect(get('9'.repeat(25))).rejects.toMatchObject({ status: 400, code: 'bad_id' });
  await expect(get(SOME_ID)).rejects.toMatchObject({ status: 404, code: 'not_found' });
});

test('a body that is too large is refused, whether or not it says its size', async () => {
  const body = JSON.stringify({ login: 'x'.repeat(70_000), password: 'y' });
  const headers = { 'content-type': 'application/json' };
  const stream = new Response(body).body;
  const init = { method: 'POST', headers, body: stream, duplex: 'half' };
  const streamed = await app.fetch('/api/auth/login', init);
  expect((await errorOf(streamed)).code).toBe('too_large');
  const sized = await app.fetch('/api/auth/login', {
    method: 'POST',
    headers: { ...headers, 'content-length': String(body.length) },
    body,
  });
  expect((await errorOf(sized)).code).toBe('too_large');
});

test('a wrong body is answered with the fields that are wrong', async () => {
  const response = await app.fetch('/api/auth/register', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'x', email: 'nobody', password: 'long enough' }),
  });
  const { code, details } = await errorOf(response);
  expect(code).toBe('invalid_body');
  expect(details?.map(({ path }) => path)).toEqual(['username', 'email']);
});

test('what breaks is logged once and told as internal, without its reason', async () => {
  const broken = await openTestApp({
    database: app.database,
    passwords: {
      hash: () => Promise.reject(new Error('secret reason')),
      verify: () => Promise.reject(new Error('secret reason')),
    },
  });
  const response = await broken.fetch('/api/auth/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'anyone', password: 'anything' }),
  });
  expect(response.status).toBe(500);
  const text = await response.text();
  expect(text).toContain('"internal"');
  expect(text).not.toContain('secret reason');
  expect(broken.logged.filter(({ level }) => level === 'error')).toHaveLength(1);
});

test('health answers 503 and names the part that fails', async () => {
  const well = await app.fetch('/health');
  expect(well.status).toBe(200);
  const rooms = { ...app.rooms, ping: () => Promise.reject(new Error('no rooms')) };
  const ill = await openTestApp({ database: app.database, rooms });
  const response = await ill.fetch('/health');
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({
    status: 'failing',
    checks: { database: { ok: true }, rooms: { ok: false, message: 'no rooms' } },
  });
});

test('too many requests are told how long to wait', async () => {
  const strict = await openTestApp({ database: app.database, rateLimitScale: 0.1 });
  const preview = () => strict.fetch('/api/invites/abcdef');
  for (let times = 0; times < 6; times += 1) expect((await preview()).status).toBe(404);
  const refused = await preview();
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  const other = await strict.fetch('/api/invites/abcdef', {
    headers: { 'x-test-address': '192.0.2.2' },
  });
  expect(other.status).toBe(404);
});

test('a query that fails is logged without what people wrote', async () => {
  const { user } = await app.register('original');
  const { db } = app.database;
  const copy = { ...user, usernameKey: 'hunter2', passwordHash: 'hunter2', createdAt: new Date() };
  const thrown: unknown = await db
    .insert(users)
    .values(copy)
    .catch((error: unknown) => error);
  expect(String(thrown)).toContain('hunter2');
  const error = withoutParameters(thrown);
  if (!(error instanceof Error)) throw new Error('no error was made of it');
  expect(error.message).toMatch(/^query failed \(23505\): insert into "users"/);
  expect(error.stack).toContain('app.test.ts');
  expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toContain('hunter2');
});

test.each(['\0', '\ud800'])('a name that no database can store (%j) is refused', async (name) => {
  const owner = await app.register(`namer${name.codePointAt(0)}`);
  const server = await owner.call('POST /api/servers', { body: { name: 'Place' } });
  const asking = owner.call('POST /api/servers/:id/categories', {
    params: { id: server.server.id },
    body: { name },
  });
  await expect(asking).rejects.toMatchObject({ status: 400, code: 'invalid_body' });
});
