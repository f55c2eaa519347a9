import { REFRESH_COOKIE } from '@harmonium/api/session';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres } from '../testing/postgres.ts';
import type { Service } from '../testing/service.ts';
import { openPostgres } from './adapters/db-postgres.ts';
import type { OpenDatabase } from './db/database.ts';
import { openTestApp, refreshCookieOf } from './testing/test-app.ts';
import type { LoggedIn, TestApp } from './testing/test-app.ts';

// The embedded database has one session and lets nothing happen at once; these rules need more.
let postgres: Service;
let database: OpenDatabase;
let app: TestApp;
let owner: LoggedIn;
beforeAll(async () => {
  postgres = await startPostgres();
  database = await openPostgres({ url: postgres.url });
  app = await openTestApp({ database, ownerCode: 'the-code' });
  owner = await app.register('owner');
});
afterAll(async () => {
  await database.close();
  await postgres.close();
});

const times = <Result>(count: number, act: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, index) => act(index)));
const settle = <Result>(count: number, act: (index: number) => Promise<Result>) =>
  Promise.allSettled(Array.from({ length: count }, (_, index) => act(index)));
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  app.fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const createServer = async () =>
  (await owner.call('POST /api/servers', { body: { name: 'Home' } })).server;
const account = (name: string) => ({
  username: name,
  email: `${name.toLowerCase()}-${Math.random()}@example.org`,
  password: 'correct horse',
});

test('an invite for five lets in five of thirty who try at once', async () => {
  const { id } = await createServer();
  const params = { id };
  const { code } = await owner.call('POST /api/servers/:id/invites', {
    params,
    body: { maxUses: 5 },
  });
  const crowd = await times(30, (index) => app.register(`crowd-${index}`));
  const attempts = await settle(30, async (index) =>
    crowd[index]?.call('POST /api/invites/:code', { params: { code } }),
  );
  const refused = attempts.filter(({ status }) => status === 'rejected');
  for (const attempt of refused)
    expect(attempt).toMatchObject({ reason: { code: 'invite_not_found' } });
  expect(refused).toHaveLength(25);
  const members = await owner.call('GET /api/servers/:id/members', { params });
  expect(members).toHaveLength(6);
  const [invite] = await owner.call('GET /api/servers/:id/invites', { params });
  expect(invite?.uses).toBe(5);
});

test('one who joins ten times at once uses the invite once', async () => {
  const { id } = await createServer();
  const { code } = await owner.call('POST /api/servers/:id/invites', { params: { id }, body: {} });
  const guest = await app.register('guest');
  await times(10, () => guest.call('POST /api/invites/:code', { params: { code } }));
  const [invite] = await owner.call('GET /api/servers/:id/invites', { params: { id } });
  expect(invite?.uses).toBe(1);
});

test('ten tabs that refresh at once hold the same cookie after, and it is good', async () => {
  const { cookie } = await app.register('tabs');
  const refresh = (token: string) =>
    post('/api/auth/refresh', undefined, { cookie: `${REFRESH_COOKIE}=${token}` });
  const answers = await times(10, () => refresh(cookie));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
  const cookies = [...new Set(answers.map(refreshCookieOf))];
  expect(cookies).toHaveLength(1);
  expect((await refresh(cookies[0] ?? '')).status).toBe(200);
});

test('changes of one server made at once have a revision each, and none is lost', async () => {
  const { id } = await createServer();
  await times(12, (index) =>
    owner.call('POST /api/servers/:id/channels', {
      params: { id },
      body: { name: `${index}`, type: 'text' },
    }),
  );
  const view = await owner.call('GET /api/servers/:id', { params: { id } });
  expect(view.rev).toBe(12);
  const positions = view.channels.map(({ position }) => position);
  expect(positions).toEqual(Array.from({ length: 14 }, (_, index) => index));
});

test('the last use of an invite lets in one of ten who try at once', async () => {
  const { id } = await createServer();
  const params = { id };
  const { code } = await owner.call('POST /api/servers/:id/invites', {
    params,
    body: { maxUses: 1 },
  });
  const crowd = await times(10, (index) => app.register(`last-${index}`));
  const attempts = await settle(10, async (index) =>
    crowd[index]?.call('POST /api/invites/:code', { params: { code } }),
  );
  expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const members = await owner.call('GET /api/servers/:id/members', { params });
  expect(members).toHaveLength(2);
});

test('reorders of channels made at once leave every channel in one place of its own', async () => {
  const { id } = await createServer();
  const params = { id };
  await times(6, (index) =>
    owner.call('POST /api/servers/:id/channels', {
      params,
      body: { name: `${index}`, type: 'text' },
    }),
  );
  const ids = (await owner.call('GET /api/servers/:id', { params })).channels.map(
    (channel) => channel.id,
  );
  const orders = [ids.toReversed(), [...ids.slice(3), ...ids.slice(0, 3)], ids.toSorted()];
  await times(9, (index) =>
    owner.call('PATCH /api/servers/:id/channels', {
      params,
      body: (orders[index % 3] ?? ids).map((channelId, position) => ({ id: channelId, position })),
    }),
  );
  const { channels } = await owner.call('GET /api/servers/:id', { params });
  expect(channels.map(({ position }) => position)).toEqual(ids.map((_, index) => index));
  const result = channels.map((channel) => channel.id);
  expect(orders.map(String)).toContain(String(result));
});

test('a role edited, given and deleted at once is gone whole, and nothing breaks', async () => {
  const { id } = await createServer();
  const params = { id };
  const [other, role, higher] = [
    await owner.call('POST /api/servers/:id/roles', { params, body: { name: 'other' } }),
    await owner.call('POST /api/servers/:id/roles', { params, body: { name: 'role' } }),
    await owner.call('POST /api/servers/:id/roles', { params, body: { name: 'higher' } }),
  ];
  const roleParams = { id, rid: role.id };
  const memberParams = { ...roleParams, uid: owner.user.id };
  const attempts = await settle(12, async (index) => {
    if (index === 5) {
      return owner.call('DELETE /api/servers/:id/roles/:rid', { params: roleParams });
    }
    if (index % 3 === 0) {
      return owner.call('PUT /api/servers/:id/members/:uid/roles/:rid', { params: memberParams });
    }
    if (index % 3 === 1) {
      const body = [{ id: role.id, position: (index % 2) + 1 }];
      return owner.call('PATCH /api/servers/:id/roles', { params, body });
    }
    return owner.call('PATCH /api/servers/:id/roles/:rid', {
      params: roleParams,
      body: { name: `${index}` },
    });
  });
  const refused = attempts.filter(({ status }) => status === 'rejected');
  for (const attempt of refused) expect(attempt).toMatchObject({ reason: { code: 'not_found' } });
  const { roles, me } = await owner.call('GET /api/servers/:id', { params });
  expect(roles.map(({ position }) => position)).toEqual([0, 1, 2]);
  expect(new Set(roles.map((entry) => entry.id))).toEqual(new Set([id, other.id, higher.id]));
  expect(me.roles).toEqual([]);
  expect(app.logged.filter(({ level }) => level === 'error')).toEqual([]);
});

test('who is banned while they join is banned, and no member', async () => {
  const { id } = await createServer();
  const params = { id };
  const { code } = await owner.call('POST /api/servers/:id/invites', { params, body: {} });
  const crowd = await times(8, (index) => app.register(`banned-${index}`));
  await settle(16, async (index) => {
    const who = crowd[index % 8];
    if (who === undefined) throw new Error('nobody');
    if (index >= 8) return who.call('POST /api/invites/:code', { params: { code } });
    const uid = who.user.id;
    return owner.call('PUT /api/servers/:id/bans/:uid', { params: { id, uid }, body: {} });
  });
  expect(await owner.call('GET /api/servers/:id/members', { params })).toHaveLength(1);
  expect(await owner.call('GET /api/servers/:id/bans', { params })).toHaveLength(8);
  expect(app.logged.filter(({ level }) => level === 'error')).toEqual([]);
});

test('a server deleted while it changes is gone, and nothing breaks', async () => {
  const { id } = await createServer();
  const create = () =>
    owner.call('POST /api/servers/:id/channels', {
      params: { id },
      body: { name: 'x', type: 'text' },
    });
  const attempts = await settle(9, (index) =>
    index === 4 ? owner.call('DELETE /api/servers/:id', { params: { id } }) : create(),
  );
  const refused = attempts.filter(({ status }) => status === 'rejected');
  for (const attempt of refused) expect(attempt).toMatchObject({ reason: { code: 'not_found' } });
  expect(app.logged.filter(({ level }) => level === 'error')).toEqual([]);
});

test('of ten who take one name at once, one gets it', async () => {
  const answers = await times(10, (index) =>
    post('/api/auth/register', account(index % 2 === 0 ? 'Wanted' : 'wANTED')),
  );
  const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
  expect(statuses).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
});

test('of ten who follow the owner link at once, one becomes the owner', async () => {
  const answers = await times(10, (index) =>
    post('/api/auth/register', { ...account(`claimant-${index}`), ownerCode: 'the-code' }),
  );
  const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
  expect(statuses).toEqual([201, ...Array.from({ length: 9 }, () => 403)]);
});

test('a request sent ten times at once with one Idempotency-Key is done once', async () => {
  const before = (await owner.call('GET /api/users/@me/servers')).length;
  const headers = { authorization: `Bearer ${owner.accessToken}`, 'idempotency-key': 'once' };
  const answers = await times(10, () => post('/api/servers', { name: 'Once' }, headers));
  for (const { status } of answers) expect([201, 503]).toContain(status);
  expect(await owner.call('GET /api/users/@me/servers')).toHaveLength(before + 1);
});

test('a batch that two processes bring at once is stored once', async () => {
  const { id } = await createServer();
  const view = await owner.call('GET /api/servers/:id', { params: { id } });
  const channelId = view.channels[0]?.id ?? id;
  const entries = Array.from({ length: 500 }, (_, index) => ({
    op: 'create',
    message: {
      id: app.deps.ids.next(),
      channelId,
      author: owner.user,
      content: `${index}`,
      createdAt: new Date(app.clock.now).toISOString(),
      editedAt: null,
      removedAt: null,
    },
  }));
  const authorization = `Bearer ${await app.deps.serviceTokens.issue('rooms', 'api')}`;
  const store = () => post('/api/internal/outbox', { channelId, entries }, { authorization });
  const answers = await times(4, store);
  expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204]);
  const page = await owner.call('GET /api/channels/:id/messages', {
    params: { id: channelId },
    query: { limit: 100 },
  });
  expect(page.map(({ content }) => content)).toEqual(
    Array.from({ length: 100 }, (_, index) => `${499 - index}`),
  );
});
