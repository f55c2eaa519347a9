import type { Channel } from '@harmonium/api/channel';
import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import type { ModerateVoice } from '@harmonium/api/voice';
import type { CallPlace } from '@harmonium/sfu/node';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Sfus } from '../sfus.ts';
import { openTestApp } from '../testing/test-app.ts';
import type { LoggedIn, TestApp } from '../testing/test-app.ts';

/* What moderators do to people in calls. */

let app: TestApp;
let owner: LoggedIn;
let mod: LoggedIn;
let guest: LoggedIn;
let serverId: Snowflake;
let lounge: Channel;
let stage: Channel;
let places: CallPlace[] = [];
let isSfuAway = false;
const told: object[] = [];

const tell = <Answer>(what: object, answer: Answer): Promise<Answer> => {
  if (isSfuAway) return Promise.reject(new Error('away'));
  told.push(what);
  return Promise.resolve(answer);
};
const isAsked = (place: CallPlace, userIds: readonly string[] | undefined) =>
  userIds === undefined || userIds.includes(place.userId);
const sfus: Sfus = {
  choose: (_, origin) => Promise.resolve({ url: `${origin}/sfu` }),
  trouble: () => Promise.resolve(undefined),
  disconnect: (request) => tell({ disconnect: request }, undefined),
  accessChanged: ({ userIds }) =>
    Promise.resolve(places.filter((place) => isAsked(place, userIds))),
  places: ({ userIds }) =>
    isSfuAway
      ? Promise.reject(new Error('away'))
      : Promise.resolve(places.filter((place) => isAsked(place, userIds))),
  move: (request) =>
    tell(
      { move: request },
      places.some(({ userId }) => userId === request.userId),
    ),
  permit: (permitted) => tell({ permit: permitted }, undefined),
};

beforeAll(async () => {
  app = await openTestApp({ sfus });
  owner = await app.register('owner');
  mod = await app.register('mod');
  guest = await app.register('guest');
  const view = await owner.call('POST /api/servers', { body: { name: 'Home' } });
  serverId = view.server.id;
  lounge = view.channels.find(({ type }) => type === 'voice') ?? lounge;
  const params = { id: serverId };
  stage = await owner.call('POST /api/servers/:id/channels', {
    params,
    body: { name: 'Stage', type: 'voice' },
  });
  const { code } = await owner.call('POST /api/servers/:id/invites', { params, body: {} });
  for (const who of [mod, guest]) {
    await who.call('POST /api/invites/:code', { params: { code } });
  }
  const bits = Permission.MUTE_MEMBERS | Permission.DEAFEN_MEMBERS | Permission.MOVE_MEMBERS;
  const role = await owner.call('POST /api/servers/:id/roles', {
    params,
    body: { name: 'mods', permissions: String(bits) },
  });
  await owner.call('PUT /api/servers/:id/members/:uid/roles/:rid', {
    params: { id: serverId, uid: mod.user.id, rid: role.id },
  });
}, 30_000);
afterAll(() => app.close());
beforeEach(async () => {
  isSfuAway = false;
  await app.settled();
  places = [{ userId: guest.user.id, channelId: lounge.id }];
  told.length = 0;
});

const put = (who: LoggedIn, body: ModerateVoice, uid = guest.user.id) =>
  who.call('PUT /api/servers/:id/voice/:uid', { params: { id: serverId, uid }, body });
const takeOut = (who: LoggedIn, uid = guest.user.id) =>
  who.call('DELETE /api/servers/:id/voice/:uid', { params: { id: serverId, uid } });
const override = (channel: Channel, who: LoggedIn, sets: { allow?: bigint; deny?: bigint }) =>
  owner.call('PUT /api/channels/:id/overrides/:targetId', {
    params: { id: channel.id, targetId: who.user.id },
    body: { kind: 'member', allow: String(sets.allow ?? 0n), deny: String(sets.deny ?? 0n) },
  });
const clear = async (channel: Channel, who: LoggedIn) => {
  const params = { id: channel.id, targetId: who.user.id };
  await owner.call('DELETE /api/channels/:id/overrides/:targetId', { params });
};
const log = async () => {
  const [entry] = await owner.call('GET /api/servers/:id/audit-log', { params: { id: serverId } });
  return entry;
};
const ticketOf = async (who: LoggedIn) => {
  const { ticket } = await who.call('POST /api/channels/:id/voice', { params: { id: lounge.id } });
  return app.deps.tickets.verify(ticket);
};

test('who is muted is silenced in the call they are in, and in every one they join after', async () => {
  expect(await put(mod, { muted: true, reason: 'noise' })).toEqual({
    muted: true,
    deafened: false,
  });
  await app.settled();
  expect(told).toMatchObject([
    { permit: [{ userId: guest.user.id, channelId: lounge.id, serverMuted: true }] },
  ]);
  expect(await ticketOf(guest)).toMatchObject({ serverMuted: true, serverDeafened: false });
  expect(await log()).toMatchObject({
    action: 'member.voice',
    targetId: guest.user.id,
    channelId: lounge.id,
    before: { muted: false },
    after: { muted: true },
    reason: 'noise',
  });
  expect(await put(mod, { muted: false })).toEqual({ muted: false, deafened: false });
  expect(await ticketOf(guest)).toMatchObject({ serverMuted: false });
});

test('what is so already is neither told nor written down', async () => {
  await put(mod, { deafened: true });
  await app.settled();
  const entry = await log();
  told.length = 0;
  expect(await put(mod, { deafened: true })).toEqual({ muted: false, deafened: true });
  await app.settled();
  expect(told).toEqual([]);
  expect((await log())?.id).toBe(entry?.id);
  await put(mod, { deafened: false });
});

test('it can be lifted while they are in no call', async () => {
  await put(mod, { muted: true });
  places = [];
  expect(await put(mod, { muted: false })).toMatchObject({ muted: false });
});

test('the roles of the two do not matter, only the permission', async () => {
  places = [{ userId: owner.user.id, channelId: lounge.id }];
  expect(await put(mod, { muted: true }, owner.user.id)).toMatchObject({ muted: true });
  expect(await put(owner, { muted: false }, owner.user.id)).toMatchObject({ muted: false });
});

test('each thing needs its own permission, in the channel of the call', async () => {
  await override(lounge, mod, { deny: Permission.MUTE_MEMBERS });
  await expect(put(mod, { muted: true })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(put(mod, { deafened: true, muted: true })).rejects.toMatchObject({
    code: 'forbidden',
  });
  expect(await put(mod, { deafened: false })).toEqual({ muted: false, deafened: false });
  await clear(lounge, mod);
  for (const body of [{ muted: true }, { deafened: true }, { channelId: stage.id }]) {
    await expect(put(guest, body)).rejects.toMatchObject({ code: 'forbidden' });
  }
  await expect(takeOut(guest)).rejects.toMatchObject({ code: 'forbidden' });
});

test('a permission in that channel alone is enough there', async () => {
  await override(lounge, guest, { allow: Permission.MUTE_MEMBERS });
  expect(await put(guest, { muted: false })).toMatchObject({ muted: false });
  places = [];
  await expect(put(guest, { muted: true })).rejects.toMatchObject({ code: 'forbidden' });
  await clear(lounge, guest);
});

test('who is moved is sent on', async () => {
  await put(mod, { channelId: stage.id });
  expect(told).toEqual([{ move: { userId: guest.user.id, channelId: lounge.id, to: stage.id } }]);
  expect(await log()).toMatchObject({ action: 'member.move', channelId: stage.id });
});

test('nobody is moved to where they may not connect, or the mover may not', async () => {
  await override(stage, guest, { deny: Permission.CONNECT });
  await expect(put(mod, { channelId: stage.id })).rejects.toMatchObject({ code: 'forbidden' });
  await clear(stage, guest);
  await override(stage, mod, { deny: Permission.CONNECT });
  await expect(put(mod, { channelId: stage.id })).rejects.toMatchObject({ code: 'forbidden' });
  await override(stage, mod, { deny: Permission.VIEW_CHANNEL });
  await expect(put(mod, { channelId: stage.id })).rejects.toMatchObject({ code: 'not_found' });
  await clear(stage, mod);
  expect(told.filter((each) => 'move' in each)).toEqual([]);
});

test('nobody is moved out of no call, or into a text channel; nothing else of it happens', async () => {
  places = [];
  await expect(put(mod, { muted: true, channelId: stage.id })).rejects.toMatchObject({
    code: 'bad_request',
  });
  expect(await ticketOf(guest)).toMatchObject({ serverMuted: false });
  await expect(takeOut(mod)).rejects.toMatchObject({ code: 'bad_request' });
});

test('a call that is hidden from the moderator is no call to them', async () => {
  await override(lounge, mod, { deny: Permission.VIEW_CHANNEL });
  await expect(takeOut(mod)).rejects.toMatchObject({ code: 'bad_request' });
  await expect(put(mod, { channelId: stage.id })).rejects.toMatchObject({ code: 'bad_request' });
  await clear(lounge, mod);
  expect(told.filter((each) => 'disconnect' in each || 'move' in each)).toEqual([]);
});

test('who is taken out is told that a moderator did it', async () => {
  await takeOut(mod);
  const place = { userId: guest.user.id, serverId, channelId: lounge.id };
  expect(told).toEqual([{ disconnect: { ...place, end: 'disconnected' } }]);
  expect(await log()).toMatchObject({ action: 'member.disconnect', channelId: lounge.id });
});

test('while the voice server is away nothing is done, and nothing written down', async () => {
  const entry = await log();
  isSfuAway = true;
  await expect(put(mod, { muted: true })).rejects.toMatchObject({ code: 'voice_unavailable' });
  await expect(takeOut(mod)).rejects.toMatchObject({ code: 'voice_unavailable' });
  isSfuAway = false;
  expect((await log())?.id).toBe(entry?.id);
  expect(await ticketOf(guest)).toMatchObject({ serverMuted: false });
});

test('strangers are nobody’s to mute', async () => {
  const stranger = await app.register('stranger');
  await expect(put(mod, { muted: true }, stranger.user.id)).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(put(stranger, { muted: true })).rejects.toMatchObject({ code: 'not_found' });
});
