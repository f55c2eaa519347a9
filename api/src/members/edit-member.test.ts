import { Permission } from '@harmonium/api/permissions';
import type { EditMember } from '@harmonium/api/member';
import type { Role } from '@harmonium/api/role';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openCommunity, outcome } from '../testing/community.ts';
import type { Community } from '../testing/community.ts';
import type { LoggedIn } from '../testing/test-app.ts';

const { MANAGE_ROLES, KICK_MEMBERS, TIMEOUT_MEMBERS, BAN_MEMBERS } = Permission;
const DAY_MS = 24 * 60 * 60 * 1000;

let first: Community;
let here: Community;
let count = 0;
/** Below, at and above the moderator; the fourth holds nothing. */
let low: Role;
let mid: Role;
let high: Role;
let moderator: LoggedIn;
let member: LoggedIn;
let peer: LoggedIn;
beforeAll(async () => {
  first = await openCommunity();
}, 30_000);
afterAll(() => first.app.close());
beforeEach(async () => {
  here = await first.again();
  count += 1;
  low = await here.role('low', KICK_MEMBERS);
  mid = await here.role('mid', MANAGE_ROLES | KICK_MEMBERS | TIMEOUT_MEMBERS);
  high = await here.role('high', 0n);
  moderator = await here.join(`moderator-${count}`);
  member = await here.join(`member-${count}`);
  peer = await here.join(`peer-${count}`);
  await here.give(moderator, mid);
  await here.give(peer, mid);
});

const edit = (who: LoggedIn, whom: LoggedIn, body: EditMember) =>
  who.call('PATCH /api/servers/:id/members/:uid', {
    params: { id: here.serverId, uid: whom.user.id },
    body,
  });
const see = (whom: LoggedIn) =>
  here.owner.call('GET /api/servers/:id/members/:uid', {
    params: { id: here.serverId, uid: whom.user.id },
  });
const inMs = (milliseconds: number) => new Date(here.app.clock.now + milliseconds).toISOString();

test('everyone names themselves, and takes the name back', async () => {
  expect(await edit(member, member, { nickname: '  Żółw  ' })).toMatchObject({ nickname: 'Żółw' });
  await here.app.settled();
  expect(here.app.rooms.to('server', here.serverId).at(-1)).toMatchObject({
    type: 'member',
    change: { type: 'member.updated', member: { nickname: 'Żółw' } },
  });
  expect(await edit(member, member, { nickname: null })).toMatchObject({ nickname: null });
});

test('who may kick renames those below, and nobody else', async () => {
  expect(await outcome(edit(moderator, member, { nickname: 'x' }))).toBe('yes');
  expect(await outcome(edit(moderator, peer, { nickname: 'x' }))).toBe('forbidden');
  expect(await outcome(edit(moderator, here.owner, { nickname: 'x' }))).toBe('forbidden');
  expect(await outcome(edit(member, moderator, { nickname: 'x' }))).toBe('forbidden');
  expect(await outcome(edit(here.owner, moderator, { nickname: 'x' }))).toBe('yes');
});

test('roles are given and taken below the own highest, to members below and to oneself', async () => {
  expect(await edit(moderator, member, { roles: [low.id] })).toMatchObject({ roles: [low.id] });
  expect(await edit(moderator, member, { roles: [] })).toMatchObject({ roles: [] });
  expect(await outcome(edit(moderator, member, { roles: [mid.id] }))).toBe('forbidden');
  expect(await outcome(edit(moderator, member, { roles: [high.id] }))).toBe('forbidden');
  expect(await outcome(edit(moderator, peer, { roles: [mid.id, low.id] }))).toBe('forbidden');
  expect(await outcome(edit(moderator, moderator, { roles: [mid.id, low.id] }))).toBe('yes');
  expect(await outcome(edit(moderator, moderator, { roles: [low.id] }))).toBe('forbidden');
  expect(await outcome(edit(member, member, { roles: [low.id] }))).toBe('forbidden');
  expect(await see(moderator)).toMatchObject({ roles: [low.id, mid.id] });
});

test('a role with a bit that the giver lacks is not given, but may be taken', async () => {
  const params = { id: here.serverId, rid: low.id };
  const body = { permissions: BAN_MEMBERS.toString() };
  await here.owner.call('PATCH /api/servers/:id/roles/:rid', { params, body });
  expect(await outcome(edit(moderator, member, { roles: [low.id] }))).toBe('forbidden');
  await here.give(member, low);
  expect(await outcome(edit(moderator, member, { roles: [] }))).toBe('yes');
});

test('one role at a time, given twice, taken twice', async () => {
  const params = { id: here.serverId, uid: member.user.id, rid: low.id };
  const put = () => moderator.call('PUT /api/servers/:id/members/:uid/roles/:rid', { params });
  const take = () => moderator.call('DELETE /api/servers/:id/members/:uid/roles/:rid', { params });
  expect(await put()).toMatchObject({ roles: [low.id] });
  expect(await put()).toMatchObject({ roles: [low.id] });
  await take();
  await take();
  expect(await see(member)).toMatchObject({ roles: [] });
  const foreign = await (await here.again()).role('foreign', 0n);
  const odd = { ...params, rid: foreign.id };
  const giveOdd = here.owner.call('PUT /api/servers/:id/members/:uid/roles/:rid', { params: odd });
  expect(await outcome(giveOdd)).toBe('not_found');
  const everyone = { ...params, rid: here.serverId };
  const giveAll = here.owner.call('PUT /api/servers/:id/members/:uid/roles/:rid', {
    params: everyone,
  });
  expect(await outcome(giveAll)).toBe('not_found');
});

test('a timeout silences those below for 28 days at most, and ends early on request', async () => {
  const until = inMs(DAY_MS);
  expect(await edit(moderator, member, { timeoutUntil: until })).toMatchObject({
    timeoutUntil: until,
  });
  const invite = () =>
    member.call('POST /api/servers/:id/invites', { params: { id: here.serverId }, body: {} });
  expect(await outcome(invite())).toBe('forbidden');
  expect(await outcome(edit(member, member, { nickname: 'loud' }))).toBe('forbidden');
  await edit(moderator, member, { timeoutUntil: null });
  expect(await outcome(invite())).toBe('yes');
  expect(await outcome(edit(moderator, member, { timeoutUntil: inMs(29 * DAY_MS) }))).toBe(
    'invalid_body',
  );
  expect(await edit(moderator, member, { timeoutUntil: inMs(-1) })).toMatchObject({
    timeoutUntil: null,
  });
});

test('no timeout for the owner, for peers, for oneself, for administrators', async () => {
  const timeoutUntil = inMs(DAY_MS);
  for (const whom of [here.owner, peer, moderator]) {
    expect(await outcome(edit(moderator, whom, { timeoutUntil }))).toBe('forbidden');
  }
  const admin = await here.role('admin', Permission.ADMINISTRATOR);
  await here.give(member, admin);
  expect(await outcome(edit(here.owner, member, { timeoutUntil }))).toBe('forbidden');
  expect(await outcome(edit(member, peer, { timeoutUntil }))).toBe('yes');
});

test('an edit of several things is made whole or not at all', async () => {
  const attempt = edit(moderator, member, { nickname: 'x', roles: [high.id] });
  expect(await outcome(attempt)).toBe('forbidden');
  expect(await see(member)).toMatchObject({ nickname: null, roles: [] });
});

test('roles and timeouts are told to the server first, then to each channel, about this one only', async () => {
  await here.app.settled();
  here.app.rooms.published.splice(0);
  await edit(moderator, member, { roles: [low.id], timeoutUntil: inMs(DAY_MS) });
  await here.app.settled();
  const changed = { type: 'access.changed', userIds: [member.user.id] };
  expect(here.app.rooms.published.map(({ roomId }) => roomId)).toEqual([
    here.serverId,
    here.textId,
    here.voiceId,
  ]);
  expect(here.app.rooms.to('main', here.textId)).toEqual([changed]);
});

test('who holds a role is found by it', async () => {
  await here.give(member, low);
  const held = await here.owner.call('GET /api/servers/:id/members', {
    params: { id: here.serverId },
    query: { role: low.id },
  });
  expect(held.map(({ user }) => user.id)).toEqual([member.user.id]);
});

test('to strangers no member is there, and to members no stranger', async () => {
  const stranger = await here.app.register(`stranger-${count}`);
  expect(await outcome(edit(stranger, member, { nickname: 'x' }))).toBe('not_found');
  expect(await outcome(edit(here.owner, stranger, { nickname: 'x' }))).toBe('not_found');
  expect(await outcome(see(stranger))).toBe('not_found');
});
