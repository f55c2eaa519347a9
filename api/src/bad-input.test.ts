import { endpoints } from '@harmonium/api/endpoints';
import type { Endpoint, EndpointKey } from '@harmonium/api/endpoints';
import { ErrorBody } from '@harmonium/api/errors';
import { REFRESH_COOKIE } from '@harmonium/api/session';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { fromSchema, nearly, odd, oddText } from '../testing/from-schema.ts';
import { openTestApp } from './testing/test-app.ts';
import type { LoggedIn, TestApp } from './testing/test-app.ts';

let app: TestApp;
let user: LoggedIn;
let service: string;
let known: string[] = [];
let begun = 0;
beforeAll(async () => {
  app = await openTestApp({ rateLimitScale: 1e9 });
  service = await app.deps.serviceTokens.issue('rooms', 'api');
}, 30_000);
afterAll(() => app.close());

/** What one test ended by saying the right thing is there again for the next. */
beforeEach(async () => {
  if (!(await isStanding())) await begin();
});

async function isStanding(): Promise<boolean> {
  const answer = await app.fetch(`/api/channels/${known[1]}/messages`, {
    headers: { authorization: `Bearer ${user?.accessToken}` },
  });
  return answer.status === 200;
}

async function begin(): Promise<void> {
  begun += 1;
  user = await app.register(`user${begun}`);
  const view = await user.call('POST /api/servers', { body: { name: 'Home' } });
  const author = { id: user.user.id, username: `user${begun}`, avatar: null };
  const createdAt = new Date(app.clock.now).toISOString();
  const channelId = view.channels[0]?.id ?? view.server.id;
  const message = { id: app.deps.ids.next(), channelId, author, createdAt };
  app.rooms.answer = () => ({
    ok: true,
    message: { ...message, content: 'x', editedAt: null, removedAt: null },
  });
  known = [view.server.id, channelId, user.user.id, message.id];
}

const NUL = String.fromCharCode(0);
const id = fc.oneof(
  fc.nat().map((index) => known[index % known.length] ?? '1'),
  fc.bigInt({ min: 1n, max: (1n << 63n) - 1n }).map(String),
  oddText,
);
const deep = fc.nat({ max: 5000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth));

/** Right, right but for one thing, and nothing of the kind. */
function bodyFor({ body }: Endpoint): fc.Arbitrary<string> {
  const right = body === undefined ? odd : fromSchema(body, () => known);
  const text = (value: unknown) => JSON.stringify(value) ?? '';
  return fc.oneof(
    { weight: 2, arbitrary: right.map(text) },
    { weight: 5, arbitrary: nearly(right).map(text) },
    odd.map(text),
    oddText,
    deep,
  );
}

function queryFor({ query }: Endpoint): fc.Arbitrary<string> {
  if (query === undefined) return fc.constant('');
  const right = fromSchema(query, () => known);
  const value = fc.oneof(id, fc.integer().map(String));
  const names = fc.constantFrom('before', 'after', 'around', 'limit', 'query', 'x');
  return fc.oneof(
    fc.oneof(right, nearly(right)).map((fields) => `?${new URLSearchParams(pairsOf(fields))}`),
    fc
      .array(fc.tuple(names, value), { maxLength: 3 })
      .map((pairs) => `?${new URLSearchParams(pairs)}`),
  );
}

function pairsOf(fields: unknown): [string, string][] {
  if (typeof fields !== 'object' || fields === null) return [];
  const text = (value: unknown) =>
    typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return Object.entries(fields).map(([name, value]) => [name, text(value)]);
}

/** All there are: a new one is here by itself. */
const KEYS = Object.keys(endpoints) as EndpointKey[];

test.each(KEYS)(
  '%s: whatever comes, the answer is a coded one',
  { timeout: 60_000 },
  async (key) => {
    app.logged.splice(0);
    const endpoint: Endpoint = endpoints[key];
    const [method = '', path = ''] = key.split(' ');
    const request = fc.record({
      ids: fc.array(id, { minLength: 2, maxLength: 2 }),
      query: queryFor(endpoint),
      body: bodyFor(endpoint),
      // Most are bad, and would keep the rest from being read.
      idempotencyKey: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, oddText),
      cookie: oddText,
    });
    await fc.assert(
      fc.asyncProperty(request, async ({ ids, query, body, idempotencyKey, cookie }) => {
        const token = endpoint.caller === 'service' ? service : user.accessToken;
        const headers = new Headers({ 'content-type': 'application/json' });
        headers.set('authorization', `Bearer ${token}`);
        trySet(headers, 'idempotency-key', idempotencyKey);
        trySet(headers, 'cookie', `${REFRESH_COOKIE}=${cookie}`);
        let used = 0;
        const filled = path.replace(/:\w+/g, () => escaped(ids[used++] ?? ''));
        const response = await app.fetch(filled + query, {
          method,
          headers,
          body: endpoint.body === undefined ? undefined : body,
        });
        const text = await response.text();
        expect(response.status).toBeLessThan(500);
        if (response.status >= 400) ErrorBody.parse(JSON.parse(text));
      }),
      { numRuns: 100 },
    );
    expect(app.logged.filter(({ level }) => level === 'error')).toEqual([]);
  },
);

/** A header that cannot be sent cannot harm. */
function trySet(headers: Headers, name: string, value: string | null): void {
  try {
    if (value !== null) headers.set(name, value);
  } catch {
    headers.delete(name);
  }
}

function escaped(text: string): string {
  return encodeURIComponent(text.toWellFormed()) || '%20';
}

test('a text with the one character that cannot be stored is refused, wherever it is', async () => {
  const params = { id: known[0] ?? '' };
  const attempts = [
    () => user.call('POST /api/servers', { body: { name: `a${NUL}b` } }),
    () => user.call('PATCH /api/servers/:id', { params, body: { name: `a${NUL}b` } }),
    () => user.call('GET /api/servers/:id/members', { params, query: { query: NUL } }),
    () => app.call('POST /api/auth/login', { body: { login: `a${NUL}`, password: 'x' } }),
  ];
  for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ status: 400 });
});

test('bytes that are no text are refused', async () => {
  for (const bytes of [[0xff, 0xfe], [0xc3, 0x28], [0], []]) {
    const response = await app.fetch('/api/auth/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Uint8Array(bytes),
    });
    expect(response.status).toBe(400);
  }
});

test('a body that is not called JSON is not read, so that no form of another site can send one', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
    const response = await app.fetch('/api/auth/login', {
      method: 'POST',
      headers: { 'content-type': type },
      body: JSON.stringify({ login: 'user', password: 'correct horse' }),
    });
    expect(response.status).toBe(400);
  }
});

test('paths with broken escapes are answered', async () => {
  for (const path of ['/api/invites/%', '/api/servers/%ff%fe', '/api/channels/%00', '/%2e%2e/x']) {
    const response = await app.fetch(path, {
      headers: { authorization: `Bearer ${user.accessToken}` },
    });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
  }
});
