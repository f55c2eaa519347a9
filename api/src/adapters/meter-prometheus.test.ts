import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { DrizzleQueryError } from 'drizzle-orm';
import { Hono } from 'hono';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestApp, type TestApp } from '../testing/test-app.ts';
import { createMemoryCache } from './cache-memory.ts';
import { createPrometheusMeter } from './meter-prometheus.ts';
import { metricsPage, processMetrics } from './metrics-page.ts';

const TOKEN = 'a token of enough letters';
const meter = createPrometheusMeter();
const ofProcess = processMetrics();
let token: string | undefined;
let app: TestApp;
let server: Server;
let url: string;

beforeAll(async () => {
  const cache = createMemoryCache({ now: () => 0 });
  app = await openTestApp({ meter, cache, rateLimitScale: 0.05 });
}, 30_000);
afterAll(() => app.close());

beforeEach(async () => {
  token = undefined;
  const site = new Hono<{ Bindings: HttpBindings }>();
  site.get('/metrics', (c) =>
    metricsPage({ token, registries: () => [meter.registry, ofProcess] })(c),
  );
  const answer = getRequestListener((request, env) => site.fetch(request, env));
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo; // It listens on a port.
  url = `http://127.0.0.1:${port}/metrics`;
});
afterEach(() => server.close());

const read = async () => (await fetch(url)).text();

test('requests are counted by their route, whatever address they came to', async () => {
  await app.fetch('/api/invites/one');
  await app.fetch('/api/invites/two');
  await app.fetch('/api/nowhere/at/all');
  const page = await read();
  expect(page).toContain(
    'harmonium_api_requests_total{route="GET /api/invites/:code",status="404"} 2',
  );
  expect(page).toContain('harmonium_api_requests_total{route="other",status="404"} 1');
  expect(page).toContain('harmonium_api_request_seconds_count{route="GET /api/invites/:code"} 2');
  expect(page).not.toContain('nowhere');
});

test('a limit that was met is named', async () => {
  for (let count = 0; count < 5; count += 1) await app.fetch('/api/invites/some');
  const page = await read();
  expect(page).toContain('harmonium_api_rate_limited_total{limit="preview"}');
  expect(page).toContain(
    'harmonium_api_requests_total{route="GET /api/invites/:code",status="429"}',
  );
});

test.each([
  ['failed', new DrizzleQueryError('select', [], new Error('no such column')), 500],
  ['away', Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }), 503],
])('a query that %s is counted', async (how, error, status) => {
  expect(await read()).toContain(`harmonium_api_query_errors_total{how="${how}"} 0`);
  const { database } = app.deps;
  const { db } = database;
  database.db = new Proxy(db, {
    get: () => () => {
      throw error;
    },
  });
  try {
    const answer = await app.fetch('/api/invites/some', {
      headers: { 'x-test-address': `192.0.2.${status % 250}` },
    });
    expect(answer.status).toBe(status);
  } finally {
    database.db = db;
  }
  expect(await read()).toContain(`harmonium_api_query_errors_total{how="${how}"} 1`);
});

test('the process tells its memory and how long its loop is held up', async () => {
  const page = await read();
  expect(page).toContain('process_resident_memory_bytes');
  expect(page).toContain('nodejs_eventloop_lag_p99_seconds');
});

test('there is no such page for whoever may not read it', async () => {
  const answer = await fetch(url, { headers: { 'x-forwarded-for': '203.0.113.9' } });
  expect([answer.status, await answer.text()]).toEqual([404, 'Not found']);
  token = TOKEN;
  expect((await fetch(url)).status).toBe(404);
  const headers = { authorization: `Bearer ${TOKEN}`, 'x-forwarded-for': '203.0.113.9' };
  expect((await fetch(url, { headers })).status).toBe(200);
});
