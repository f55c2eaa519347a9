import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import type { Channel } from '@harmonium/api/channel';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { overrides, roles } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { openTestApp } from '../testing/test-app.ts';
import type { LoggedIn, TestApp } from '../testing/test-app.ts';

let app: TestApp;
let owner: LoggedIn;
let guest: LoggedIn;
let serverId: Snowflake;
let text: Channel;
let voice: Channel;
let sfus: Deps['sfus'];
const disconnected: object[] = [];
beforeAll(async () => {
  sfus = {
    choose: (_, origin) => Promise.resolve({ url: `${origin}/sfu`, node: 'a' }),
    disconnect: (request) => Promise.resolve(void disconnected.push(request)),
    accessChanged: () => Promise.resolve([]),
    places: () => Promise.resolve([]),
    move: () => Promise.resolve(false),
    permit: () => Promise.resolve(),
    trouble: () => Promise.resolve(undefined),
  };
  const changing: Deps['sfus'] = {
    choose: (...about) => sfus.choose(...about),
    disconnect: (request) => sfus.disconnect(request),
    accessChanged: (request) => sfus.accessChanged(request),
    places: (request) => sfus.places(request),
    move: (request) => sfus.move(request),
    permit: (places) => sfus.permit(places),
    trouble: () => sfus.trouble(),
  };
  app = await openTestApp({ sfus: changing });
  owner = await app.register('owner');
  guest = await app.register('guest');
  const view = await owner.call('POST /api/servers', { body: { name: 'Home' } });
  serverId = view.server.id;
  const [first, second] = view.channels;
  if (first === undefined || second === undefined) throw new Error('no channels');
  [text, voice] = [first, second];
  const params = { id: serverId };
  const { code } = await owner.call('POST /api/servers/:id/invites', { params, body: {} });
  await guest.call('POST /api/invites/:code', { params: { code } });
}, 30_000);
afterAll(() => app.close());

const channelTicket = (who: LoggedIn) =>
  who.call('POST /api/channels/:id/ticket', { params: { id: text.id } });
const join = (who: LoggedIn, id: string = voice.id) =>
  who.call('POST /api/channels/:id/voice', { params: { id } });

test('a ticket to a channel names room, user and what they may do there, for a minute', async () => {
  const { url, ticket, expiresAt } = await channelTicket(guest);
  expect(url).toBe(`ws://chat.example/parties/main/${text.id}`);
  expect(Date.parse(expiresAt) - app.clock.now).toBe(60_000);
  const claims = await app.deps.tickets.verify(ticket);
  expect(claims).toMatchObject({ kind: 'channel', channelId: text.id, serverId, slowmode: 0 });
  expect(claims?.user).toEqual({ id: guest.user.id, username: 'guest', avatar: null });
  const bits = claims?.kind === 'channel' ? BigInt(claims.permissions) : 0n;
  expect(bits & Permission.SEND_MESSAGES).toBe(Permission.SEND_MESSAGES);
  expect(bits & Permission.MANAGE_MESSAGES).toBe(0n);
});

test('a ticket carries what the roles say at that moment', async () => {
  const { db } = app.database;
  const bits = Permission.VIEW_CHANNEL | Permission.PIN_MESSAGES;
  await db.update(roles).set({ permissions: bits }).where(eq(roles.id, serverId));
  const { ticket } = await channelTicket(guest);
  expect(await app.deps.tickets.verify(ticket)).toMatchObject({ permissions: bits.toString() });
  const own = await channelTicket(owner);
  expect(await app.deps.tickets.verify(own.ticket)).not.toMatchObject({ permissions: '32832' });
  const all = bits | Permission.CONNECT | Permission.SPEAK;
  await db.update(roles).set({ permissions: all }).where(eq(roles.id, serverId));
});

test('a ticket to the own user room', async () => {
  const { url, ticket } = await guest.call('POST /api/users/@me/ticket');
  expect(url).toBe(`ws://chat.example/parties/user/${guest.user.id}`);
  expect(await app.deps.tickets.verify(ticket)).toMatchObject({
    kind: 'user',
    user: { id: guest.user.id },
  });
});

test.each(['POST /api/users/@me/ticket', 'POST /api/voice/test'] as const)(
  'what %s answers can be read by anyone who holds it, and says no more of its user than a name',
  async (key) => {
    const { ticket } = await guest.call(key);
    const claims = JSON.parse(Buffer.from(ticket.split('.')[1] ?? '', 'base64url').toString());
    expect(claims).toMatchObject({
      ticket: { user: { id: guest.user.id, username: 'guest', avatar: null } },
    });
    expect(JSON.stringify(claims)).not.toMatch(/password|email|totp|preferences/i);
  },
);

test('a ticket to a call names the node and what may be said there', async () => {
  const { url, ticket } = await join(guest);
  expect(url).toBe('http://chat.example/sfu');
  expect(await app.deps.tickets.verify(ticket)).toMatchObject({
    kind: 'voice',
    channelId: voice.id,
    node: 'a',
  });
});

test('a ticket to try the way is to a call with oneself, and to no other', async () => {
  const { url, ticket } = await guest.call('POST /api/voice/test');
  expect(url).toBe('http://chat.example/sfu');
  const claims = await app.deps.tickets.verify(ticket);
  expect(claims).toMatchObject({
    kind: 'voice',
    test: true,
    channelId: guest.user.id,
    serverId: null,
    user: { id: guest.user.id },
  });
  await expect(join(owner, guest.user.id)).rejects.toMatchObject({ code: 'not_found' });
  const { ticket: real } = await join(guest);
  expect(await app.deps.tickets.verify(real)).not.toHaveProperty('test');
});

test('a text channel holds no call', async () => {
  await expect(join(guest, text.id)).rejects.toMatchObject({ code: 'bad_request' });
});

test('who may not connect gets no ticket to the call', async () => {
  const { db } = app.database;
  await db.insert(overrides).values({
    channelId: voice.id,
    kind: 'member',
    targetId: guest.user.id,
    allow: 0n,
    deny: Permission.CONNECT,
  });
  await expect(join(guest)).rejects.toMatchObject({ status: 403, code: 'forbidden' });
});

test('where there is no voice, the reason is told in words', async () => {
  const working = sfus;
  sfus = {
    ...working,
    choose: () => Promise.resolve({ reason: 'No worker.' }),
    trouble: () => Promise.resolve({ reason: 'No worker.' }),
  };
  await expect(join(owner)).rejects.toMatchObject({
    status: 503,
    code: 'voice_unavailable',
    body: { error: { message: 'No worker.' } },
  });
  expect(await app.call('GET /api/config')).toMatchObject({
    voice: false,
    voiceReason: 'No worker.',
  });
  sfus = { ...working, choose: () => Promise.reject(new Error('away')) };
  await expect(join(owner)).rejects.toMatchObject({ code: 'voice_unavailable' });
  sfus = working;
});

test('leaving ends what one holds in calls of that server, logging out ends those of the session', async () => {
  await guest.call('DELETE /api/users/@me/servers/:id', { params: { id: serverId } });
  await app.settled();
  expect(disconnected).toContainEqual({ userId: guest.user.id, serverId });
  await app.fetch('/api/auth/logout', {
    method: 'POST',
    headers: { cookie: `harmonium_refresh=${guest.cookie}` },
  });
  await app.settled();
  const [sessionId] = guest.cookie.split('.');
  expect(disconnected).toContainEqual({ userId: guest.user.id, sessionId });
});
