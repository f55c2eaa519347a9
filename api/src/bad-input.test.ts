import { endpoints } from '@harmonium/api/endpoints';
import type { Endpoint, EndpointKey } from '@harmonium/api/endpoints';
import { ErrorBody } from '@harmonium/api/errors';
import { REFRESH_COOKIE } from '@harmonium/api/session';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApp } from './testing/test-app.ts';
import type { LoggedIn, TestApp } from './testing/test-app.ts';

let app: TestApp;
let user: LoggedIn;
let service: string;
let known: string[];
beforeAll(async () => {
  app = await openTestApp({ rateLimitScale: 1e9 });
  user = await app.register('user');
  service = await app.deps.serviceTokens.issue('rooms', 'api');
  const view = await user.call('POST /api/servers', { body: { name: 'Home' } });
  const author = { id: user.user.id, username: 'user', avatar: null };
  const createdAt = new Date(app.clock.now).toISOString();
  const channelId = view.channels[0]?.id ?? view.server.id;
  const message = { id: app.deps.ids.next(), channelId, author, createdAt };
  app.rooms.answer = () => ({
    ok: true,
    message: { ...message, content: 'x', editedAt: null, removedAt: null },
  });
  known = [view.server.id, channelId, user.user.id, message.id];
}, 30_000);
afterAll(() => app.close());

const NUL = String.fromCharCode(0);
const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '',
    NUL,
    `a${NUL}b`,
    '\ud800',
    'a\udfffb',
    '\u202e',
    "'; drop table users; --",
    '%',
    '\\',
  ),
  fc.constantFrom('9223372036854775808', '9'.repeat(40), '-1', '1e400', 'NaN', '__proto__'),
);
const id = fc.oneof(
  fc.nat().map((index) => known[index % known.length] ?? '1'),
  fc.bigInt({ min: 1n, max: (1n << 63n) - 1n }).map(String),
  oddText,
);
const deep = fc.nat({ max: 5000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth));
const odd = fc.oneof(
  fc.jsonValue(),
  oddText,
  fc.double(),
  fc.bigInt().map(Number),
  fc.constantFrom(null, true, [], {}, -1, 1e308),
);

/** Bodies that are right but for what chance changes. */
const NEAR: Partial<Record<EndpointKey, Record<string, unknown>>> = {
  'POST /api/auth/register': { username: 'someone', email: 'a@b.example', password: 'long enough' },
  'POST /api/auth/login': { login: 'user', password: 'correct horse' },
  'POST /api/servers': { name: 'Home' },
  'PATCH /api/servers/:id': { name: 'Home' },
  'POST /api/servers/:id/channels': { name: 'x', type: 'text', categoryId: '1', slowmode: 3 },
  'POST /api/servers/:id/categories': { name: 'x' },
  'PATCH /api/channels/:id': { name: 'x', topic: 'y', slowmode: 3 },
  'POST /api/channels/:id/messages': { content: 'x', nonce: 'n' },
  'PATCH /api/channels/:id/messages/:mid': { content: 'x' },
  'POST /api/servers/:id/invites': { maxUses: 3, expiresIn: 60 },
  'POST /api/internal/outbox': { channelId: '1', entries: [] },
};

function bodyFor(key: EndpointKey): fc.Arbitrary<string> {
  const near = NEAR[key] ?? {};
  const changed = fc
    .tuple(fc.constantFrom(...Object.keys(near), 'other'), odd)
    .map(([field, value]) => JSON.stringify({ ...near, [field]: value }));
  const outbox = fc
    .record({
      op: fc.constantFrom('create', 'edit', 'remove'),
      id,
      content: oddText,
      editedAt: oddText,
      message: fc.jsonValue(),
    })
    .map((entry) => JSON.stringify({ channelId: known[1], entries: [entry] }));
  return fc.oneof(
    { weight: 5, arbitrary: changed },
    key === 'POST /api/internal/outbox' ? outbox : changed,
    odd.map((value) => JSON.stringify(value) ?? ''),
    oddText,
    deep,
  );
}

function queryFor(endpoint: Endpoint): fc.Arbitrary<string> {
  if (endpoint.query === undefined) return fc.constant('');
  const value = fc.oneof(id, fc.integer().map(String));
  const names = fc.constantFrom('before', 'after', 'around', 'limit', 'query', 'x');
  return fc
    .array(fc.tuple(names, value), { maxLength: 3 })
    .map((pairs) => `?${new URLSearchParams(pairs)}`);
}

const DEVIANTS: EndpointKey[] = [
  // Ends what the others need.
  'POST /api/auth/logout',
  'DELETE /api/servers/:id',
  'DELETE /api/channels/:id',
];
const KEYS = (Object.keys(endpoints) as EndpointKey[]).filter((key) => !DEVIANTS.includes(key));

test.each([...KEYS, ...DEVIANTS])(
  '%s: whatever comes, the answer is a coded one',
  { timeout: 60_000 },
  async (key) => {
    app.logged.splice(0);
    const endpoint: Endpoint = endpoints[key];
    const [method = '', path = ''] = key.split(' ');
    const request = fc.record({
      ids: fc.array(id, { minLength: 2, maxLength: 2 }),
      query: queryFor(endpoint),
      body: bodyFor(key),
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
