import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mailTokens, relationships, users } from '../db/schema.ts';
import { openTestApp } from '../testing/test-app.ts';
import type { LoggedIn, TestApp } from '../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ ownerCode: 'the-code' });
}, 30_000);
afterAll(() => app.close());

const password = 'correct horse';
const remove = (user: LoggedIn, typed = password) =>
  user.call('DELETE /api/users/@me', { body: { password: typed } });

/** A server of one, which the other has joined. */
async function shared(owner: LoggedIn, guest: LoggedIn) {
  const { server, channels } = await owner.call('POST /api/servers', { body: { name: 'Home' } });
  const params = { id: server.id };
  const { code } = await owner.call('POST /api/servers/:id/invites', { params, body: {} });
  await guest.call('POST /api/invites/:code', { params: { code } });
  return { server, params, channelId: channels[0]?.id ?? server.id };
}

test('an account is deleted with its password, and nobody can log in to it', async () => {
  const user = await app.register('ada');
  await expect(remove(user, 'wrong')).rejects.toMatchObject({ code: 'wrong_password' });
  await remove(user);
  await expect(user.call('GET /api/users/@me')).rejects.toMatchObject({ code: 'unauthorized' });
  const name = `deleted-${BigInt(user.user.id).toString(36)}`;
  for (const login of ['ada', 'ada@example.org', name]) {
    for (const typed of [password, '', 'x']) {
      const attempt = app.call('POST /api/auth/login', { body: { login, password: typed || 'y' } });
      await expect(attempt).rejects.toMatchObject({ code: 'wrong_credentials' });
    }
  }
  await app.settled();
  expect(app.rooms.to('user', user.user.id)).toContainEqual(
    expect.objectContaining({ type: 'revoke', reason: 'session_revoked' }),
  );
});

test('nothing is left that says who it was, and name and address are free again', async () => {
  const user = await app.register('bea');
  const other = await app.register('friend');
  const { db } = app.database;
  const since = new Date(app.clock.now);
  await db.insert(relationships).values([
    { userId: user.user.id, otherId: other.user.id, kind: 'friend', since },
    { userId: other.user.id, otherId: user.user.id, kind: 'friend', since },
  ]);
  await user.call('PATCH /api/users/@me', { body: { preferences: { mode: 'light' } } });
  await remove(user);
  const [row] = await db.select().from(users).where(eq(users.id, user.user.id));
  expect(JSON.stringify({ ...row, id: '' })).not.toMatch(/bea|example|light|scrypt/);
  expect(await db.select().from(relationships)).toEqual([]);
  expect(await db.select().from(mailTokens).where(eq(mailTokens.userId, user.user.id))).toEqual([]);
  const again = await app.register('bea');
  expect(again.user.id).not.toBe(user.user.id);
});

test('what it wrote stays, under a name that says nothing', async () => {
  const owner = await app.register('owner');
  const guest = await app.register('cleo');
  const { params, channelId } = await shared(owner, guest);
  const message = {
    id: app.deps.ids.next(),
    channelId,
    author: guest.user,
    content: 'I was here',
    createdAt: new Date(app.clock.now).toISOString(),
    editedAt: null,
    removedAt: null,
  };
  const authorization = `Bearer ${await app.deps.serviceTokens.issue('rooms', 'api')}`;
  await app.fetch('/api/internal/outbox', {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ channelId, entries: [{ op: 'create', message }] }),
  });
  await remove(guest);
  const page = await owner.call('GET /api/channels/:id/messages', { params: { id: channelId } });
  const username: unknown = expect.stringMatching(/^deleted-\w+$/);
  expect(page).toMatchObject([
    { content: 'I was here', author: { id: guest.user.id, username, avatar: null } },
  ]);
  expect(await owner.call('GET /api/servers/:id/members', { params })).toHaveLength(1);
  await app.settled();
  expect(app.rooms.to('main', channelId)).toContainEqual({
    type: 'user.updated',
    user: { id: guest.user.id, username, avatar: null },
  });
  expect(app.rooms.to('server', params.id)).toContainEqual({
    type: 'member',
    change: { type: 'member.left', userId: guest.user.id },
  });
});

test('who owns a server hands it over or deletes it first, and has lost nothing until then', async () => {
  const owner = await app.register('dora');
  const guest = await app.register('eve');
  const { params } = await shared(guest, owner);
  const { server } = await owner.call('POST /api/servers', { body: { name: 'Mine' } });
  await expect(remove(owner)).rejects.toMatchObject({ status: 409, code: 'owns_servers' });
  expect(await guest.call('GET /api/servers/:id/members', { params })).toHaveLength(2);
  await owner.call('DELETE /api/servers/:id', { params: { id: server.id } });
  await remove(owner);
  expect(await guest.call('GET /api/servers/:id/members', { params })).toHaveLength(1);
});

test('the owner of the instance stays', async () => {
  const response = await app.fetch('/api/auth/register', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      username: 'root',
      email: 'root@example.org',
      password,
      ownerCode: 'the-code',
    }),
  });
  const { accessToken } = await response.json();
  const refused = await app.fetch('/api/users/@me', {
    method: 'DELETE',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
    body: JSON.stringify({ password }),
  });
  expect(refused.status).toBe(409);
  expect((await refused.json()).error.code).toBe('instance_owner');
});

test('nobody can be called like somebody who was deleted', async () => {
  for (const username of ['deleted-abc', 'DELETED-abc']) {
    await expect(app.register(username)).rejects.toThrow('username_taken');
  }
});

test('who talked with them alone keeps the conversation, and sees the name that says nothing', async () => {
  const [gone, friend] = [await app.register('fay'), await app.register('gil')];
  await shared(friend, gone);
  const { id } = await gone.call('POST /api/users/@me/channels', {
    body: { userIds: [friend.user.id] },
  });
  await remove(gone);
  await app.settled();
  const username: unknown = expect.stringMatching(/^deleted-/);
  const people: unknown = expect.arrayContaining([{ id: gone.user.id, username, avatar: null }]);
  expect(app.rooms.to('user', friend.user.id).at(-1)).toMatchObject({
    type: 'direct.updated',
    channel: { id, participants: people },
  });
});
