import type { Channel } from '@harmonium/api/channel';
import type { Snowflake } from '@harmonium/api/ids';
import { ChannelStanding } from '@harmonium/api/internal';
import { ALL_PERMISSIONS, DEFAULT_EVERYONE, Permission } from '@harmonium/api/permissions';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { channelAccess } from '../access.ts';
import { memberRoles, members, overrides, roles } from '../db/schema.ts';
import type { Sfus } from '../sfus.ts';
import { openTestApp } from '../testing/test-app.ts';
import type { LoggedIn, TestApp } from '../testing/test-app.ts';
import { refreshCalls } from '../tickets/refresh-calls.ts';

/* What rooms and calls ask of who may what, and what they tell of who did what. */

let app: TestApp;
let owner: LoggedIn;
let member: LoggedIn;
let stranger: LoggedIn;
let serverId: Snowflake;
let text: Channel;
let voice: Channel;
const permitted: object[] = [];
let places: Awaited<ReturnType<Sfus['accessChanged']>> = [];
let isSfuAway = false;

beforeAll(async () => {
  app = await openTestApp({
    sfus: {
      choose: () => Promise.resolve({ reason: 'none here' }),
      disconnect: () => Promise.resolve(),
      accessChanged: () =>
        isSfuAway ? Promise.reject(new Error('away')) : Promise.resolve(places),
      places: () => Promise.resolve([]),
      move: () => Promise.resolve(false),
      permit: (told) => Promise.resolve(void permitted.push(...told)),
      trouble: () => Promise.resolve(undefined),
    },
  });
  owner = await app.register('owner');
  member = await app.register('member');
  stranger = await app.register('stranger');
  const view = await owner.call('POST /api/servers', { body: { name: 'Home' } });
  serverId = view.server.id;
  const [one, two] = ['text', 'voice'].map((type) =>
    view.channels.find((channel) => channel.type === type),
  );
  if (one === undefined || two === undefined) throw new Error('A server begins with both.');
  [text, voice] = [one, two];
  const params = { id: serverId };
  const { code } = await owner.call('POST /api/servers/:id/invites', { params, body: {} });
  await member.call('POST /api/invites/:code', { params: { code } });
}, 30_000);
afterAll(() => app.close());

async function ask(path: string, body: object): Promise<Response> {
  const token = await app.deps.serviceTokens.issue('rooms', 'api');
  return app.fetch(`/api/internal/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
}

async function standings(channelId: Snowflake, ...people: LoggedIn[]) {
  const userIds = people.map(({ user }) => user.id);
  const answer = await ask(`channels/${channelId}/permissions`, { userIds });
  expect(answer.status).toBe(200);
  return z.array(ChannelStanding).parse(await answer.json());
}

async function timeOut(until: Date | null): Promise<void> {
  await app.deps.database.db
    .update(members)
    .set({ timeoutUntil: until })
    .where(and(eq(members.serverId, serverId), eq(members.userId, member.user.id)));
}

test('a room hears of each user what the gate would say', async () => {
  const known = { slowmode: 0, recheckAt: null };
  expect(await standings(text.id, owner, member, stranger)).toEqual([
    { userId: owner.user.id, permissions: ALL_PERMISSIONS.toString(), ...known },
    { userId: member.user.id, permissions: DEFAULT_EVERYONE.toString(), ...known },
    { userId: stranger.user.id, permissions: null, ...known },
  ]);
});

test('roles, overrides and the person count as they do at the gate', async () => {
  const { db } = app.deps.database;
  const roleId = app.deps.ids.next();
  const held = { serverId, userId: member.user.id, roleId };
  await db.insert(roles).values({
    id: roleId,
    serverId,
    name: 'helper',
    permissions: Permission.MANAGE_MESSAGES,
    position: 1,
  });
  await db.insert(memberRoles).values(held);
  await db.insert(overrides).values([
    { channelId: text.id, kind: 'role', targetId: serverId, allow: 0n, deny: 1n << 6n },
    { channelId: text.id, kind: 'role', targetId: roleId, allow: 1n << 6n, deny: 1n << 5n },
  ]);
  const gate = await channelAccess(app.deps, member.user.id, text.id);
  const [standing] = await standings(text.id, member);
  expect(standing?.permissions).toBe(gate.permissions.toString());
  await db.delete(memberRoles).where(eq(memberRoles.roleId, roleId));
  expect(await standings(text.id, member)).toMatchObject([{ permissions: null }]);
  await db.delete(overrides).where(eq(overrides.channelId, text.id));
});

test('whoever is timed out is to be asked about again at its end', async () => {
  const until = new Date(app.deps.now() + 60_000);
  await timeOut(until);
  expect(await standings(text.id, member)).toMatchObject([
    { permissions: Permission.VIEW_CHANNEL.toString(), recheckAt: until.toISOString() },
  ]);
  await timeOut(new Date(app.deps.now() - 1));
  expect(await standings(text.id, member)).toMatchObject([
    { permissions: DEFAULT_EVERYONE.toString(), recheckAt: null },
  ]);
  await timeOut(null);
});

test('of a channel that is gone nothing is said, and no more than a thousand are asked about', async () => {
  const { id } = owner.user;
  expect((await ask('channels/5/permissions', { userIds: [id] })).status).toBe(404);
  const userIds = Array.from({ length: 1001 }, () => app.deps.ids.next());
  expect((await ask(`channels/${text.id}/permissions`, { userIds })).status).toBe(400);
  userIds.pop();
  expect((await ask(`channels/${text.id}/permissions`, { userIds })).status).toBe(200);
});

test('a message that a moderator removed is in the audit log once, whatever is repeated', async () => {
  const id = app.deps.ids.next();
  const createdAt = new Date(app.deps.now()).toISOString();
  const author = { id: member.user.id, username: member.user.username, avatar: null };
  const message = { id, channelId: text.id, author, content: '', createdAt, editedAt: null };
  const remove = { op: 'remove', id, removedAt: createdAt, by: owner.user.id };
  // As a room drains it that redacted what was said before.
  const entries = [{ op: 'create', message: { ...message, removedAt: createdAt } }, remove];
  const own = { op: 'remove', id: app.deps.ids.next(), removedAt: createdAt };
  for (const batch of [entries.slice(0, 1), entries, [remove, own]]) {
    expect((await ask('outbox', { channelId: text.id, entries: batch })).status).toBe(204);
  }
  const log = await owner.call('GET /api/servers/:id/audit-log', {
    params: { id: serverId },
    query: { action: 'message.delete' },
  });
  expect(log).toMatchObject([
    { actor: { id: owner.user.id }, targetId: member.user.id, before: { messageId: id } },
  ]);
});

test('calls are told what those in them may do now, also after the sfu was away', async () => {
  places = [member, stranger].map(({ user }) => ({ userId: user.id, channelId: voice.id }));
  isSfuAway = true;
  refreshCalls(app.deps, { serverId });
  setTimeout(() => (isSfuAway = false), 100);
  await expect
    .poll(() => permitted, { timeout: 3_000 })
    .toEqual([
      {
        userId: member.user.id,
        channelId: voice.id,
        permissions: DEFAULT_EVERYONE.toString(),
        serverMuted: false,
        serverDeafened: false,
      },
      { userId: stranger.user.id, channelId: voice.id, permissions: null },
    ]);
  permitted.length = 0;
  places = [{ userId: member.user.id, channelId: '5' }];
  refreshCalls(app.deps, { serverId });
  await expect
    .poll(() => permitted)
    .toEqual([{ userId: member.user.id, channelId: '5', permissions: null }]);
});
