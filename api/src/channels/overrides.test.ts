import type { Snowflake } from '@harmonium/api/ids';
import type { Role } from '@harmonium/api/role';
import { Permission } from '@harmonium/api/permissions';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openCommunity, outcome } from '../testing/community.ts';
import type { Community } from '../testing/community.ts';
import type { LoggedIn } from '../testing/test-app.ts';

const { MANAGE_ROLES, MANAGE_CHANNELS, VIEW_CHANNEL, SEND_MESSAGES, MANAGE_MESSAGES } = Permission;

let first: Community;
let here: Community;
let count = 0;
let low: Role;
let mid: Role;
let high: Role;
let manager: LoggedIn;
let member: LoggedIn;
beforeAll(async () => {
  first = await openCommunity();
}, 30_000);
afterAll(() => first.app.close());
beforeEach(async () => {
  here = await first.again();
  count += 1;
  low = await here.role('low', 0n);
  mid = await here.role('mid', MANAGE_ROLES | MANAGE_CHANNELS);
  high = await here.role('high', 0n);
  manager = await here.join(`manager-${count}`);
  member = await here.join(`member-${count}`);
  await here.give(manager, mid);
});

interface Sets {
  allow?: bigint;
  deny?: bigint;
}
const set = (who: LoggedIn, targetId: string, sets: Sets, kind: 'role' | 'member' = 'role') =>
  who.call('PUT /api/channels/:id/overrides/:targetId', {
    params: { id: here.textId, targetId },
    body: { kind, allow: `${sets.allow ?? 0n}`, deny: `${sets.deny ?? 0n}` },
  });
const clear = (who: LoggedIn, targetId: string) =>
  who.call('DELETE /api/channels/:id/overrides/:targetId', {
    params: { id: here.textId, targetId },
  });
const sees = async (who: LoggedIn, id: Snowflake = here.textId) =>
  (await outcome(who.call('GET /api/channels/:id', { params: { id } }))) === 'yes';

test('a channel is closed to everyone and opened to a role, and both are undone', async () => {
  await set(here.owner, here.serverId, { deny: VIEW_CHANNEL });
  expect(await sees(member)).toBe(false);
  const channel = await set(here.owner, low.id, { allow: VIEW_CHANNEL });
  expect(channel.overrides).toHaveLength(2);
  expect(await sees(member)).toBe(false);
  await here.give(member, low);
  expect(await sees(member)).toBe(true);
  await clear(here.owner, low.id);
  expect(await sees(member)).toBe(false);
  await clear(here.owner, here.serverId);
  expect(await sees(member)).toBe(true);
  expect(await outcome(clear(here.owner, here.serverId))).toBe('not_found');
});

test('only bits that are held in the channel are allowed, denied or let go', async () => {
  expect(await outcome(set(manager, low.id, { allow: SEND_MESSAGES }))).toBe('yes');
  expect(await outcome(set(manager, low.id, { deny: SEND_MESSAGES }))).toBe('yes');
  expect(await outcome(set(manager, low.id, { allow: MANAGE_MESSAGES }))).toBe('forbidden');
  expect(await outcome(set(manager, low.id, { deny: MANAGE_MESSAGES }))).toBe('forbidden');
  await set(here.owner, low.id, { deny: MANAGE_MESSAGES });
  expect(await outcome(set(manager, low.id, { deny: 0n }))).toBe('forbidden');
  expect(await outcome(clear(manager, low.id))).toBe('forbidden');
  // What stays as it was is not given by the one who leaves it.
  const both = { deny: MANAGE_MESSAGES | SEND_MESSAGES };
  expect(await outcome(set(manager, low.id, both))).toBe('yes');
});

test('only roles and members below, oneself and @everyone', async () => {
  const deny = { deny: SEND_MESSAGES };
  expect(await outcome(set(manager, high.id, deny))).toBe('forbidden');
  expect(await outcome(set(manager, mid.id, deny))).toBe('forbidden');
  expect(await outcome(set(manager, here.serverId, deny))).toBe('yes');
  expect(await outcome(set(here.owner, here.serverId, {}))).toBe('yes');
  expect(await outcome(set(manager, member.user.id, deny, 'member'))).toBe('yes');
  expect(await outcome(set(manager, here.owner.user.id, deny, 'member'))).toBe('forbidden');
  expect(await outcome(set(manager, manager.user.id, deny, 'member'))).toBe('yes');
  expect(await outcome(set(member, low.id, deny))).toBe('forbidden');
});

test('who is not there is not found', async () => {
  const other = await here.again();
  const foreign = await other.role('foreign', 0n);
  const stranger = await here.app.register(`stranger-${count}`);
  expect(await outcome(set(here.owner, foreign.id, {}))).toBe('not_found');
  expect(await outcome(set(here.owner, other.serverId, {}))).toBe('not_found');
  expect(await outcome(set(here.owner, stranger.user.id, {}, 'member'))).toBe('not_found');
  // A role's id is no member's, nor the other way round.
  expect(await outcome(set(here.owner, low.id, {}, 'member'))).toBe('not_found');
  expect(await outcome(set(here.owner, member.user.id, {}))).toBe('not_found');
});

test('a bit is not allowed and denied at once', async () => {
  const both = { allow: SEND_MESSAGES, deny: SEND_MESSAGES };
  expect(await outcome(set(here.owner, low.id, both))).toBe('invalid_body');
});

test('an override hands out nothing that it does not say: no server, no other channel', async () => {
  await set(here.owner, member.user.id, { allow: MANAGE_ROLES }, 'member');
  expect(await outcome(set(member, low.id, { deny: SEND_MESSAGES }))).toBe('forbidden');
  expect(await outcome(set(member, member.user.id, { allow: SEND_MESSAGES }, 'member'))).toBe(
    // It would take away MANAGE_ROLES, which is held, and give SEND_MESSAGES, which is held.
    'yes',
  );
  const body = { name: 'x' };
  const create = member.call('POST /api/servers/:id/roles', {
    params: { id: here.serverId },
    body,
  });
  expect(await outcome(create)).toBe('forbidden');
});

test('a private channel is private from its first moment', async () => {
  await here.app.settled();
  here.app.rooms.published.splice(0);
  const closed = { kind: 'role', targetId: here.serverId, allow: '0', deny: `${VIEW_CHANNEL}` };
  const opened = { kind: 'role', targetId: low.id, allow: `${VIEW_CHANNEL}`, deny: '0' };
  const make = (who: LoggedIn, overrides: object[]) =>
    who.call('POST /api/servers/:id/channels', {
      params: { id: here.serverId },
      body: { name: 'back room', type: 'text', overrides: overrides as [] },
    });
  const channel = await make(manager, [closed, opened]);
  await here.app.settled();
  expect(here.app.rooms.published).toMatchObject([
    { event: { type: 'changed', change: { type: 'channel.created', channel } } },
  ]);
  expect(channel.overrides).toHaveLength(2);
  expect(await sees(member, channel.id)).toBe(false);
  await here.give(member, low);
  expect(await sees(member, channel.id)).toBe(true);

  const more = { kind: 'role', targetId: low.id, allow: `${MANAGE_MESSAGES}`, deny: '0' };
  expect(await outcome(make(manager, [more]))).toBe('forbidden');
  const above = { kind: 'role', targetId: high.id, allow: `${VIEW_CHANNEL}`, deny: '0' };
  expect(await outcome(make(manager, [above]))).toBe('forbidden');
  expect(await outcome(make(manager, [closed, closed]))).toBe('invalid_body');
  const other = await here.again();
  const foreign = { ...closed, targetId: other.serverId };
  expect(await outcome(make(manager, [foreign]))).toBe('not_found');
});

test('to make a private channel takes MANAGE_ROLES too', async () => {
  const maker = await here.join(`maker-${count}`);
  await here.give(maker, await here.role('maker', MANAGE_CHANNELS));
  const make = (overrides?: []) =>
    maker.call('POST /api/servers/:id/channels', {
      params: { id: here.serverId },
      body: { name: 'x', type: 'text', overrides },
    });
  const closed = { kind: 'role', targetId: here.serverId, allow: '0', deny: `${VIEW_CHANNEL}` };
  expect(await outcome(make([closed] as unknown as []))).toBe('forbidden');
  expect(await outcome(make())).toBe('yes');
});

test('the channel and its room hear of it, the server first, and no other channel', async () => {
  await here.app.settled();
  here.app.rooms.published.splice(0);
  await set(here.owner, low.id, { deny: SEND_MESSAGES });
  await set(here.owner, low.id, { deny: SEND_MESSAGES });
  await here.app.settled();
  expect(here.app.rooms.published).toMatchObject([
    { party: 'server', event: { change: { type: 'channel.updated' } } },
    { party: 'main', roomId: here.textId, event: { type: 'access.changed' } },
  ]);
});

test('whoever leaves and comes back is let in nowhere by name any more', async () => {
  await set(here.owner, here.serverId, { deny: VIEW_CHANNEL });
  await set(here.owner, member.user.id, { allow: VIEW_CHANNEL }, 'member');
  expect(await sees(member)).toBe(true);
  const params = { id: here.serverId };
  await member.call('DELETE /api/users/@me/servers/:id', { params });
  const { code } = await here.owner.call('POST /api/servers/:id/invites', { params, body: {} });
  await member.call('POST /api/invites/:code', { params: { code } });
  expect(await sees(member)).toBe(false);
});
