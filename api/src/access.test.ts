import type { Client } from '@harmonium/api/client';
import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { memberRoles, members, overrides, roles } from './db/schema.ts';
import { eq } from 'drizzle-orm';
import { openTestApp } from './testing/test-app.ts';
import type { LoggedIn, TestApp } from './testing/test-app.ts';

let app: TestApp;
let owner: LoggedIn;
let member: LoggedIn;
let stranger: LoggedIn;
beforeAll(async () => {
  app = await openTestApp();
  owner = await app.register('owner');
  member = await app.register('member');
  stranger = await app.register('stranger');
}, 30_000);
afterAll(() => app.close());

let serverId: Snowflake;
let textId: Snowflake;
let voiceId: Snowflake;
beforeEach(async () => {
  const view = await owner.call('POST /api/servers', { body: { name: 'Home' } });
  serverId = view.server.id;
  textId = idOf(view.channels.find(({ type }) => type === 'text'));
  voiceId = idOf(view.channels.find(({ type }) => type === 'voice'));
  const params = { id: serverId };
  const { code } = await owner.call('POST /api/servers/:id/invites', { params, body: {} });
  await member.call('POST /api/invites/:code', { params: { code } });
});

function idOf(channel: { id: Snowflake } | undefined): Snowflake {
  if (channel === undefined) throw new Error('no such channel');
  return channel.id;
}

type Try = (call: Client) => Promise<unknown>;
const server = () => ({ params: { id: serverId } });
const channel = () => ({ params: { id: textId } });
const said = () => ({ params: { id: textId, mid: textId } });

/** What each may do in a new server: `yes`, or the code of the refusal. */
const MATRIX: [what: string, stranger: string, member: string, owner: string, Try][] = [
  ['see the server', 'not_found', 'yes', 'yes', (call) => call('GET /api/servers/:id', server())],
  [
    'see its members',
    'not_found',
    'yes',
    'yes',
    (call) => call('GET /api/servers/:id/members', server()),
  ],
  [
    'get a ticket to the server',
    'not_found',
    'yes',
    'yes',
    (call) => call('POST /api/servers/:id/ticket', server()),
  ],
  [
    'get a ticket to a channel',
    'not_found',
    'yes',
    'yes',
    (call) => call('POST /api/channels/:id/ticket', channel()),
  ],
  [
    'get a ticket to a call',
    'not_found',
    'yes',
    'yes',
    (call) => call('POST /api/channels/:id/voice', { params: { id: voiceId } }),
  ],
  ['see a channel', 'not_found', 'yes', 'yes', (call) => call('GET /api/channels/:id', channel())],
  [
    'read history',
    'not_found',
    'yes',
    'yes',
    (call) => call('GET /api/channels/:id/messages', channel()),
  ],
  [
    'remove a message',
    'not_found',
    'yes',
    'yes',
    (call) => call('DELETE /api/channels/:id/messages/:mid', said()),
  ],
  [
    'invite',
    'not_found',
    'yes',
    'yes',
    (call) => call('POST /api/servers/:id/invites', { ...server(), body: {} }),
  ],
  [
    'list invites',
    'not_found',
    'forbidden',
    'yes',
    (call) => call('GET /api/servers/:id/invites', server()),
  ],
  [
    'rename the server',
    'not_found',
    'forbidden',
    'yes',
    (call) => call('PATCH /api/servers/:id', { ...server(), body: { name: 'x' } }),
  ],
  [
    'create a channel',
    'not_found',
    'forbidden',
    'yes',
    (call) =>
      call('POST /api/servers/:id/channels', { ...server(), body: { name: 'x', type: 'text' } }),
  ],
  [
    'create a category',
    'not_found',
    'forbidden',
    'yes',
    (call) => call('POST /api/servers/:id/categories', { ...server(), body: { name: 'x' } }),
  ],
  [
    'edit a channel',
    'not_found',
    'forbidden',
    'yes',
    (call) => call('PATCH /api/channels/:id', { ...channel(), body: { topic: 'x' } }),
  ],
  [
    'delete a channel',
    'not_found',
    'forbidden',
    'yes',
    (call) => call('DELETE /api/channels/:id', channel()),
  ],
  [
    'leave',
    'not_found',
    'yes',
    'owner_cannot_leave',
    (call) => call('DELETE /api/users/@me/servers/:id', server()),
  ],
  [
    'delete the server',
    'not_found',
    'forbidden',
    'yes',
    (call) => call('DELETE /api/servers/:id', server()),
  ],
];

const outcome = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'yes',
    (problem: { code: string }) => problem.code,
  );

test.each(MATRIX)('who may %s: a stranger %s, a member %s, the owner %s', async (...row) => {
  const [, asStranger, asMember, asOwner, attempt] = row;
  expect(await outcome(attempt(stranger.call))).toBe(asStranger);
  expect(await outcome(attempt(member.call))).toBe(asMember);
  expect(await outcome(attempt(owner.call))).toBe(asOwner);
});

test('without a token nothing of a user opens', async () => {
  for (const [, , , , attempt] of MATRIX) {
    expect(await outcome(attempt(app.call))).toBe('unauthorized');
  }
});

describe('a channel hidden from everybody', () => {
  beforeEach(async () => {
    await app.database.db.insert(overrides).values({
      channelId: textId,
      kind: 'role',
      targetId: serverId,
      allow: 0n,
      deny: Permission.VIEW_CHANNEL,
    });
  });

  test('is not there for a member, in no route', async () => {
    expect(await outcome(member.call('GET /api/channels/:id', channel()))).toBe('not_found');
    expect(await outcome(member.call('PATCH /api/channels/:id', { ...channel(), body: {} }))).toBe(
      'not_found',
    );
    expect(await outcome(member.call('GET /api/channels/:id/messages', channel()))).toBe(
      'not_found',
    );
    const view = await member.call('GET /api/servers/:id', server());
    expect(view.channels.map(({ id }) => id)).toEqual([voiceId]);
  });

  test('is there for its owner', async () => {
    const view = await owner.call('GET /api/servers/:id', server());
    expect(view.channels.map(({ id }) => id)).toContain(textId);
    expect(await owner.call('GET /api/channels/:id', channel())).toMatchObject({
      overrides: [{ kind: 'role', targetId: serverId, allow: '0', deny: '64' }],
    });
  });

  test('opens for a role that is allowed in', async () => {
    const roleId = app.deps.ids.next();
    const { db } = app.database;
    await db
      .insert(roles)
      .values({ id: roleId, serverId, name: 'inside', permissions: 0n, position: 1 });
    await db.insert(overrides).values({
      channelId: textId,
      kind: 'role',
      targetId: roleId,
      allow: Permission.VIEW_CHANNEL,
      deny: 0n,
    });
    expect(await outcome(member.call('GET /api/channels/:id', channel()))).toBe('not_found');
    await db.insert(memberRoles).values({ serverId, userId: member.user.id, roleId });
    expect(await outcome(member.call('GET /api/channels/:id', channel()))).toBe('yes');
    const { me } = await member.call('GET /api/servers/:id', server());
    expect(me.roles).toEqual([roleId]);
  });
});

test('a role with MANAGE_CHANNELS may, and one of another server does not help', async () => {
  const { db } = app.database;
  const other = await stranger.call('POST /api/servers', { body: { name: 'Elsewhere' } });
  await db
    .update(roles)
    .set({ permissions: Permission.ADMINISTRATOR })
    .where(eq(roles.id, other.server.id));
  const edit = () =>
    member.call('PATCH /api/channels/:id', { ...channel(), body: { topic: 'new' } });
  expect(await outcome(edit())).toBe('forbidden');
  const roleId = app.deps.ids.next();
  await db.insert(roles).values({
    id: roleId,
    serverId,
    name: 'mod',
    permissions: Permission.MANAGE_CHANNELS,
    position: 1,
  });
  await db.insert(memberRoles).values({ serverId, userId: member.user.id, roleId });
  expect(await outcome(edit())).toBe('yes');
});

test('a timeout leaves looking, and ends by itself', async () => {
  const invite = () => member.call('POST /api/servers/:id/invites', { ...server(), body: {} });
  await app.database.db
    .update(members)
    .set({ timeoutUntil: new Date(app.clock.now + 60_000) })
    .where(eq(members.userId, member.user.id));
  expect(await outcome(invite())).toBe('forbidden');
  expect(await outcome(member.call('GET /api/channels/:id', channel()))).toBe('yes');
  app.clock.now += 60_001;
  expect(await outcome(invite())).toBe('yes');
});

test('people meet by sharing a server', async () => {
  const see = (who: LoggedIn, id: Snowflake) => who.call('GET /api/users/:id', { params: { id } });
  expect(await outcome(see(member, owner.user.id))).toBe('yes');
  expect(await outcome(see(stranger, owner.user.id))).toBe('not_found');
  expect(await outcome(see(stranger, stranger.user.id))).toBe('yes');
});
