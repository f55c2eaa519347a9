import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import type { CreateRole, EditRole, Role } from '@harmonium/api/role';
import { MAX_ROLES } from '@harmonium/api/role';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { roles as roleRows } from '../db/schema.ts';
import { openCommunity, outcome } from '../testing/community.ts';
import type { Community } from '../testing/community.ts';
import type { LoggedIn } from '../testing/test-app.ts';

const { MANAGE_ROLES, KICK_MEMBERS, BAN_MEMBERS, MENTION_EVERYONE } = Permission;

let here: Community;
let first: Community;
let count = 0;
beforeAll(async () => {
  first = await openCommunity();
}, 30_000);
afterAll(() => first.app.close());
beforeEach(async () => {
  here = await first.again();
});

const params = () => ({ id: here.serverId });
const create = (who: LoggedIn, body: CreateRole) =>
  who.call('POST /api/servers/:id/roles', { params: params(), body });
const edit = (who: LoggedIn, role: { id: string }, body: EditRole) =>
  who.call('PATCH /api/servers/:id/roles/:rid', { params: { ...params(), rid: role.id }, body });
const remove = (who: LoggedIn, role: { id: string }) =>
  who.call('DELETE /api/servers/:id/roles/:rid', { params: { ...params(), rid: role.id } });
const place = (who: LoggedIn, body: { id: Snowflake; position: number }[]) =>
  who.call('PATCH /api/servers/:id/roles', { params: params(), body });
const list = () => here.owner.call('GET /api/servers/:id/roles', { params: params() });
const names = (roles: Role[]) => roles.map(({ name }) => name);
/** Somebody with a middle role that may manage roles and kick; one role above it, one below. */
async function hierarchy() {
  const low = await here.role('low', KICK_MEMBERS);
  const mid = await here.role('mid', MANAGE_ROLES | KICK_MEMBERS);
  const high = await here.role('high', BAN_MEMBERS);
  const manager = await here.join(`manager-${(count += 1)}`);
  await here.give(manager, mid);
  return { low, mid, high, manager };
}

test('a new role is just above @everyone, and positions have no gaps', async () => {
  await create(here.owner, { name: 'one' });
  const two = await create(here.owner, {
    name: '  двa 角色  ',
    color: 0xff8800,
    hoist: true,
    mentionable: true,
    permissions: KICK_MEMBERS.toString(),
  });
  expect(two).toMatchObject({ name: 'двa 角色', color: 0xff8800, position: 1, hoist: true });
  const all = await list();
  expect(names(all)).toEqual(['@everyone', 'двa 角色', 'one']);
  expect(all.map(({ position }) => position)).toEqual([0, 1, 2]);
});

test('a deleted role leaves no gap, no holder and no trace in channels', async () => {
  const { low, mid, high } = await hierarchy();
  const member = await here.join(`holder-${(count += 1)}`);
  await here.give(member, low, mid);
  await here.owner.call('PUT /api/channels/:id/overrides/:targetId', {
    params: { id: here.textId, targetId: mid.id },
    body: { kind: 'role', allow: '32', deny: '0' },
  });
  await remove(here.owner, mid);
  const all = await list();
  expect(all.map(({ id, position }) => [id, position])).toEqual([
    [here.serverId, 0],
    [low.id, 1],
    [high.id, 2],
  ]);
  const view = await member.call('GET /api/servers/:id', { params: params() });
  expect(view.me.roles).toEqual([low.id]);
  expect(view.channels.flatMap(({ overrides }) => overrides)).toEqual([]);
});

test('nobody manages roles without the bit', async () => {
  const { low } = await hierarchy();
  const member = await here.join(`plain-${(count += 1)}`);
  expect(await outcome(create(member, { name: 'x' }))).toBe('forbidden');
  expect(await outcome(edit(member, low, { name: 'x' }))).toBe('forbidden');
  expect(await outcome(remove(member, low))).toBe('forbidden');
  expect(await outcome(place(member, [{ id: low.id, position: 1 }]))).toBe('forbidden');
  const stranger = await here.app.register(`stranger-${count}`);
  expect(await outcome(create(stranger, { name: 'x' }))).toBe('not_found');
  expect(await outcome(stranger.call('GET /api/servers/:id/roles', { params: params() }))).toBe(
    'not_found',
  );
});

test('roles at or above the own highest are out of reach', async () => {
  const { low, mid, high, manager } = await hierarchy();
  expect(await outcome(edit(manager, low, { name: 'lower' }))).toBe('yes');
  for (const role of [mid, high]) {
    expect(await outcome(edit(manager, role, { name: 'x' }))).toBe('forbidden');
    expect(await outcome(remove(manager, role))).toBe('forbidden');
  }
  expect(await outcome(remove(manager, low))).toBe('yes');
});

test('nobody gives or takes a bit that they do not hold, in no route', async () => {
  const { low, manager } = await hierarchy();
  const bits = (...set: bigint[]) => set.reduce((all, bit) => all | bit, 0n).toString();
  const ban = { permissions: bits(BAN_MEMBERS) };
  expect(await outcome(create(manager, { name: 'x', ...ban }))).toBe('forbidden');
  expect(await outcome(edit(manager, low, ban))).toBe('forbidden');
  const admin = { permissions: bits(Permission.ADMINISTRATOR) };
  expect(await outcome(edit(manager, low, admin))).toBe('forbidden');
  // It holds KICK_MEMBERS, so it may be taken; then a bit of the owner's comes in, which may not.
  expect(await outcome(edit(manager, low, { permissions: '0' }))).toBe('yes');
  await edit(here.owner, low, { permissions: bits(BAN_MEMBERS) });
  expect(await outcome(edit(manager, low, { permissions: '0' }))).toBe('forbidden');
  expect(await outcome(edit(manager, low, { name: 'same bits', ...ban }))).toBe('yes');
});

test('@everyone is edited by the bits one holds, keeps its name and place, and is not deleted', async () => {
  const { manager } = await hierarchy();
  const everyone = { id: here.serverId };
  const before = (await list())[0]?.permissions ?? '0';
  const more = (BigInt(before) | KICK_MEMBERS).toString();
  expect(await outcome(edit(manager, everyone, { permissions: more }))).toBe('yes');
  const most = (BigInt(before) | MENTION_EVERYONE).toString();
  expect(await outcome(edit(manager, everyone, { permissions: most }))).toBe('forbidden');
  expect(await outcome(edit(here.owner, everyone, { name: 'all' }))).toBe('bad_request');
  expect(await outcome(remove(here.owner, everyone))).toBe('bad_request');
  expect(await outcome(place(here.owner, [{ id: here.serverId, position: 2 }]))).toBe(
    'bad_request',
  );
});

test('roles are reordered whole or in part; what is above stays', async () => {
  const { low, mid, high, manager } = await hierarchy();
  const lower = await create(here.owner, { name: 'lower' });
  expect(names(await list())).toEqual(['@everyone', 'lower', 'low', 'mid', 'high']);
  const moved = await place(manager, [{ id: lower.id, position: 2 }]);
  expect(names(moved)).toEqual(['@everyone', 'low', 'lower', 'mid', 'high']);
  expect(moved.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4]);
  expect(await outcome(place(manager, [{ id: lower.id, position: 3 }]))).toBe('forbidden');
  expect(await outcome(place(manager, [{ id: high.id, position: 1 }]))).toBe('forbidden');
  expect(await outcome(place(manager, [{ id: mid.id, position: 4 }]))).toBe('forbidden');
  const whole = [
    { id: here.serverId, position: 0 },
    { id: lower.id, position: 1 },
    { id: low.id, position: 2 },
    { id: mid.id, position: 3 },
    { id: high.id, position: 4 },
  ];
  expect(names(await place(manager, whole))).toEqual(['@everyone', 'lower', 'low', 'mid', 'high']);
  const other = await here.again();
  const foreign = await other.role('foreign', 0n);
  expect(await outcome(place(here.owner, [{ id: foreign.id, position: 1 }]))).toBe('not_found');
  const twice = [
    { id: low.id, position: 1 },
    { id: low.id, position: 2 },
  ];
  expect(await outcome(place(here.owner, twice))).toBe('invalid_body');
});

test("another server's role is not there", async () => {
  const other = await here.again();
  const foreign = await other.role('foreign', 0n);
  expect(await outcome(edit(here.owner, foreign, { name: 'x' }))).toBe('not_found');
  expect(await outcome(remove(here.owner, foreign))).toBe('not_found');
});

test('a role is a manager of itself no more than of those above, also through @everyone', async () => {
  const everyone = { id: here.serverId };
  const all = (await list())[0]?.permissions ?? '0';
  await edit(here.owner, everyone, { permissions: (BigInt(all) | MANAGE_ROLES).toString() });
  const member = await here.join(`anyone-${(count += 1)}`);
  expect(await outcome(create(member, { name: 'x' }))).toBe('forbidden');
  expect(await outcome(edit(member, everyone, { permissions: '0' }))).toBe('yes');
});

test('an administrator is not above the owner, nor above a higher administrator', async () => {
  const lower = await here.role('lower admin', Permission.ADMINISTRATOR);
  const higher = await here.role('higher admin', Permission.ADMINISTRATOR);
  const admin = await here.join(`admin-${(count += 1)}`);
  await here.give(admin, lower);
  expect(await outcome(edit(admin, higher, { name: 'x' }))).toBe('forbidden');
  expect(await outcome(edit(admin, lower, { permissions: '0' }))).toBe('forbidden');
  expect(await outcome(create(admin, { name: 'x', permissions: '1' }))).toBe('yes');
});

test('there are as many roles as there may be', async () => {
  const { db } = here.app.database;
  const rows = Array.from({ length: MAX_ROLES - 1 }, (_, index) => ({
    id: here.app.deps.ids.next(),
    serverId: here.serverId,
    name: `${index}`,
    permissions: 0n,
    position: index + 1,
  }));
  await db.insert(roleRows).values(rows);
  expect(await outcome(create(here.owner, { name: 'one more' }))).toBe('limit_reached');
});

test('every change reaches the room of the server, and one of bits every channel after it', async () => {
  const { low } = await hierarchy();
  await here.app.settled();
  here.app.rooms.published.splice(0);
  await edit(here.owner, low, { color: 1 });
  await here.app.settled();
  expect(here.app.rooms.published.map(({ party }) => party)).toEqual(['server']);
  await edit(here.owner, low, { permissions: '0' });
  await here.app.settled();
  const channels = [here.textId, here.voiceId];
  for (const id of channels) {
    expect(here.app.rooms.to('main', id)).toEqual([{ type: 'access.changed' }]);
  }
  expect(here.app.rooms.published.map(({ party }) => party)).toEqual([
    'server',
    'server',
    'main',
    'main',
  ]);
  const log = await here.owner.call('GET /api/servers/:id/audit-log', {
    params: params(),
    query: { action: 'role.update', limit: 1 },
  });
  expect(log).toMatchObject([
    { targetId: low.id, before: { permissions: '1024' }, after: { permissions: '0' } },
  ]);
});
