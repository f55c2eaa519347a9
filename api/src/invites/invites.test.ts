import type { Snowflake } from '@harmonium/api/ids';
import { DEFAULT_EVERYONE, Permission } from '@harmonium/api/permissions';
import { MAX_SERVERS_PER_USER } from '@harmonium/api/server';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bans } from '../db/schema.ts';
import { openTestApp } from '../testing/test-app.ts';
import type { LoggedIn, TestApp } from '../testing/test-app.ts';

let app: TestApp;
let owner: LoggedIn;
let serverId: Snowflake;
let count = 0;
beforeAll(async () => {
  app = await openTestApp();
  owner = await app.register('owner');
}, 30_000);
afterAll(() => app.close());
beforeEach(async () => {
  serverId = (await owner.call('POST /api/servers', { body: { name: 'Home' } })).server.id;
});

const invite = (body: { maxUses?: number; expiresIn?: number } = {}) =>
  owner.call('POST /api/servers/:id/invites', { params: { id: serverId }, body });
const accept = (who: LoggedIn, code: string) =>
  who.call('POST /api/invites/:code', { params: { code } });
const guest = () => app.register(`guest-${(count += 1)}`);
const usesOf = async (code: string) => {
  const list = await owner.call('GET /api/servers/:id/invites', { params: { id: serverId } });
  return list.find((entry) => entry.code === code)?.uses;
};

test('anyone sees what an invite leads to before joining', async () => {
  const { code } = await invite({ expiresIn: 3600 });
  const preview = await app.call('GET /api/invites/:code', { params: { code } });
  expect(preview).toMatchObject({
    server: { id: serverId, name: 'Home' },
    memberCount: 1,
    inviter: { username: 'owner' },
  });
});

test('who joins is a member, and the others hear of it', async () => {
  const { code } = await invite();
  const joiner = await guest();
  expect(await accept(joiner, code)).toMatchObject({ id: serverId });
  await app.settled();
  expect(app.rooms.to('server', serverId)).toMatchObject([
    { type: 'member', change: { type: 'member.joined', member: { user: { id: joiner.user.id } } } },
  ]);
  expect(app.rooms.to('user', joiner.user.id)).toMatchObject([
    { type: 'server.joined', server: { id: serverId } },
  ]);
});

test('joining twice uses an invite once', async () => {
  const { code } = await invite({ maxUses: 2 });
  const joiner = await guest();
  await accept(joiner, code);
  await accept(joiner, code);
  expect(await usesOf(code)).toBe(1);
});

test('an invite for three lets in three, however many try at once', async () => {
  const { code } = await invite({ maxUses: 3 });
  const crowd = await Promise.all(Array.from({ length: 10 }, guest));
  const attempts = await Promise.allSettled(crowd.map((one) => accept(one, code)));
  const refused = attempts.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(7);
  for (const attempt of refused)
    expect(attempt).toMatchObject({ reason: { code: 'invite_not_found' } });
  expect(await usesOf(code)).toBe(3);
  const members = await owner.call('GET /api/servers/:id/members', { params: { id: serverId } });
  expect(members).toHaveLength(4);
});

test('one who joins twice at once uses an invite once', async () => {
  const { code } = await invite();
  const joiner = await guest();
  await Promise.all([accept(joiner, code), accept(joiner, code), accept(joiner, code)]);
  expect(await usesOf(code)).toBe(1);
});

test('an invite ends at its time', async () => {
  const { code } = await invite({ expiresIn: 60 });
  const late = await guest();
  app.clock.now += 60_000;
  await expect(accept(late, code)).rejects.toMatchObject({ code: 'invite_not_found' });
  const preview = app.call('GET /api/invites/:code', { params: { code } });
  await expect(preview).rejects.toMatchObject({ status: 404, code: 'invite_not_found' });
});

test('a revoked invite is gone; a member may revoke their own only', async () => {
  const joiner = await guest();
  const { code } = await invite();
  await accept(joiner, code);
  const revoke = (who: LoggedIn, which: string) =>
    who.call('DELETE /api/invites/:code', { params: { code: which } });
  await expect(revoke(joiner, code)).rejects.toMatchObject({ code: 'forbidden' });
  const params = { id: serverId };
  const own = await joiner.call('POST /api/servers/:id/invites', { params, body: {} });
  await revoke(joiner, own.code);
  await revoke(owner, code);
  const late = await guest();
  await expect(accept(late, code)).rejects.toMatchObject({ code: 'invite_not_found' });
});

test('the banned cannot join, and use nothing up', async () => {
  const { code } = await invite();
  const banned = await guest();
  const createdAt = new Date(app.clock.now);
  await app.database.db.insert(bans).values({ serverId, userId: banned.user.id, createdAt });
  await expect(accept(banned, code)).rejects.toMatchObject({ code: 'banned' });
  expect(await usesOf(code)).toBe(0);
});

test('nobody is in more servers than there may be', { timeout: 60_000 }, async () => {
  const collector = await guest();
  for (let held = 0; held < MAX_SERVERS_PER_USER; held += 1) {
    await collector.call('POST /api/servers', { body: { name: `${held}` } });
  }
  const { code } = await invite();
  await expect(accept(collector, code)).rejects.toMatchObject({ code: 'limit_reached' });
  expect(await usesOf(code)).toBe(0);
});

test.each(['abc', 'no such', '%00', '../x', 'a'.repeat(40)])(
  'the code %j is unknown',
  async (code) => {
    const preview = app.call('GET /api/invites/:code', { params: { code } });
    await expect(preview).rejects.toMatchObject({ status: 404, code: 'invite_not_found' });
  },
);

const give = async (who: LoggedIn, change: object) =>
  owner.call('PATCH /api/servers/:id/members/:uid', {
    params: { id: serverId, uid: who.user.id },
    body: change,
  });
const setEveryone = (permissions: bigint) =>
  owner.call('PATCH /api/servers/:id/roles/:rid', {
    params: { id: serverId, rid: serverId },
    body: { permissions: permissions.toString() },
  });
/** A member with an invite of their own. */
async function inviter() {
  const who = await guest();
  await accept(who, (await invite()).code);
  const params = { id: serverId };
  const { code } = await who.call('POST /api/servers/:id/invites', { params, body: {} });
  return { who, code };
}
const opens = async (code: string) => {
  const preview = await app.call('GET /api/invites/:code', { params: { code } }).then(
    () => true,
    () => false,
  );
  const joined = await accept(await guest(), code).then(
    () => true,
    () => false,
  );
  expect(joined).toBe(preview);
  return joined;
};

test('an invite is worth what the right of its creator is: gone without it, back with it', async () => {
  const { code } = await inviter();
  expect(await opens(code)).toBe(true);
  await setEveryone(DEFAULT_EVERYONE & ~Permission.CREATE_INVITE);
  expect(await opens(code)).toBe(false);
  await setEveryone(DEFAULT_EVERYONE);
  expect(await opens(code)).toBe(true);
});

test('an invite rests while its creator is timed out', async () => {
  const { who, code } = await inviter();
  await give(who, { timeoutUntil: new Date(app.clock.now + 60_000).toISOString() });
  expect(await opens(code)).toBe(false);
  app.clock.now += 60_001;
  expect(await opens(code)).toBe(true);
});

test('an invite goes with whoever made it, and does not come back with them', async () => {
  const { who, code } = await inviter();
  await who.call('DELETE /api/users/@me/servers/:id', { params: { id: serverId } });
  expect(await opens(code)).toBe(false);
  await accept(who, (await invite()).code);
  expect(await opens(code)).toBe(false);
});

test('where registration is by invite, one for two lets in two, and they are members at once', async () => {
  const closed = await openTestApp({
    database: app.database,
    instance: { ...app.deps.instance, registration: 'invite' },
  });
  // Ids of two apps on one database must not meet.
  closed.deps.ids.next = () => app.deps.ids.next();
  const { code } = await invite({ maxUses: 2 });
  const register = (index: number) =>
    closed.fetch('/api/auth/register', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        username: `by-invite-${index}`,
        email: `by-invite-${index}@example.org`,
        password: 'correct horse',
        invite: code,
      }),
    });
  const answers = await Promise.all([1, 2, 3, 4].map(register));
  const statuses = answers.map(({ status }) => status).sort((a, b) => a - b);
  expect(statuses).toEqual([201, 201, 403, 403]);
  expect(await usesOf(code)).toBe(2);
  const members = await owner.call('GET /api/servers/:id/members', { params: { id: serverId } });
  expect(members).toHaveLength(3);
});
