import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { openPostgres } from '../api/src/adapters/db-postgres.ts';
import { createLocalRooms } from '../api/src/adapters/rooms-local.ts';
import { createLocalSfus } from '../api/src/adapters/sfus-local.ts';
import { openTestApp, type LoggedIn, type TestApp } from '../api/src/testing/test-app.ts';
import { startPostgres } from '../api/testing/postgres.ts';
import type { Service } from '../api/testing/service.ts';
import { createNodeHost, type NodeHost } from '../rooms/src/node/host.ts';
import { createRoomsApi } from '../rooms/src/rooms-api.ts';
import { Client } from '../rooms/src/testing/client.ts';
import { silentLog } from '../rooms/src/testing/fake-host.ts';
import { connectSocket } from '../rooms/src/testing/socket-client.ts';
import { createSfu, type Sfu } from '../sfu/src/server.ts';
import { FakeWorker } from '../sfu/src/testing/fake-media.ts';

/* api on PostgreSQL, rooms on Node and the signalling of calls: what people may do changes while they
 * are there. */

let postgres: Service;
let app: TestApp;
let host: NodeHost;
let sfu: Sfu;
let server: Server;
let folder: string;

beforeAll(async () => {
  postgres = await startPostgres();
  folder = await mkdtemp(join(tmpdir(), 'harmonium-access-'));
  const sfus = createLocalSfus();
  app = await openTestApp({
    database: await openPostgres({ url: postgres.url }),
    rooms: createLocalRooms({
      publisher: { publish: (...event) => host.publisher.publish(...event) },
      stats: async () => host.stats(),
    }),
    sfus,
  });
  Object.defineProperty(app.clock, 'now', { get: () => Date.now() });
  const { tickets, serviceTokens, log } = app.deps;
  const fetch = (url: string, init?: RequestInit) => app.fetch(url, init);
  host = createNodeHost({
    dataDir: folder,
    tickets,
    serviceTokens,
    log: silentLog,
    api: createRoomsApi({ baseUrl: '', fetch, tokens: serviceTokens }),
  });
  sfu = await createSfu({
    workerBin: '',
    announcedIp: '127.0.0.1',
    port: 0,
    workers: 1,
    tickets,
    serviceTokens,
    rooms: host.publisher,
    now: Date.now,
    log,
    startWorker: async () => new FakeWorker(),
  });
  sfus.ready(sfu);
  server = createServer();
  server.on('upgrade', (request, stream, head) => {
    const isVoice = request.url?.startsWith('/sfu') === true;
    (isVoice ? sfu : host).handleUpgrade(request, stream, head);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
});
afterAll(async () => {
  await sfu.close();
  await host.close();
  server.close();
  await app.settled();
  await app.database.close();
  await postgres.close();
  await rm(folder, { recursive: true });
});

let owner: LoggedIn;
let member: LoggedIn;
let serverId: Snowflake;
let textId: Snowflake;
let voiceId: Snowflake;
let made = 0;
beforeEach(async () => {
  made += 1;
  owner = await app.register(`owner${made}`);
  member = await app.register(`member${made}`);
  const view = await owner.call('POST /api/servers', { body: { name: 'Home' } });
  const idOf = (type: string) => view.channels.find((channel) => channel.type === type)?.id;
  const [text, voice] = [idOf('text'), idOf('voice')];
  if (text === undefined || voice === undefined) throw new Error('A server begins with both.');
  [serverId, textId, voiceId] = [view.server.id, text, voice];
  await invite();
});

const home = () => ({ id: serverId });
const them = () => ({ id: serverId, uid: member.user.id });

async function invite(): Promise<void> {
  const { code } = await owner.call('POST /api/servers/:id/invites', { params: home(), body: {} });
  await member.call('POST /api/invites/:code', { params: { code } });
}

const url = () => `ws://127.0.0.1:${(server.address() as AddressInfo).port}`; // It listens on one.

async function knock(party: 'main' | 'server', id: Snowflake, ticket: string): Promise<Client> {
  const client = new Client();
  await connectSocket(url(), party, id, ticket, undefined, client);
  return client;
}

async function enterChannel(who: LoggedIn, id = textId): Promise<Client> {
  const { ticket } = await who.call('POST /api/channels/:id/ticket', { params: { id } });
  const client = await knock('main', id, ticket);
  await client.next('ready');
  return client;
}

async function enterServer(who: LoggedIn): Promise<Client> {
  const { ticket } = await who.call('POST /api/servers/:id/ticket', { params: home() });
  const client = await knock('server', serverId, ticket);
  await client.next('ready');
  return client;
}

/** Joins the call; resolves with its end as a code. */
async function call(who: LoggedIn): Promise<{ ended: Promise<number>; told: string[] }> {
  const { ticket } = await who.call('POST /api/channels/:id/voice', { params: { id: voiceId } });
  const told: string[] = [];
  const ws = new WebSocket(`${url()}/sfu?ticket=${ticket}`);
  const ended = new Promise<number>((resolve) => ws.on('close', resolve));
  await new Promise<void>((resolve, reject) => {
    ws.on('error', reject);
    ws.on('message', (data: Buffer) => {
      told.push(data.toString());
      resolve();
    });
  });
  return { ended, told };
}

const deny = (channelId: Snowflake, bits: bigint, targetId = serverId) =>
  owner.call('PUT /api/channels/:id/overrides/:targetId', {
    params: { id: channelId, targetId },
    body: { kind: 'role', allow: '0', deny: String(bits) },
  });

/** Writes as fast as the pace of a room allows, until it is told to stop. */
function keepWriting(client: Client): { written: number; stop: () => void } {
  const state = { written: 0, stop: () => clearInterval(timer) };
  const timer = setInterval(() => {
    state.written += 1;
    client.write(`line ${state.written}`);
  }, 100);
  return state;
}

test('who loses sight of a channel loses it on every socket, while its writer goes on', async () => {
  const [there, listening] = [await enterServer(member), await enterChannel(member)];
  const resume = String(listening.all('ready')[0]?.['ticket']);
  const talking = await enterChannel(owner);
  const writer = keepWriting(talking);
  await listening.next('message.created');
  await deny(textId, Permission.VIEW_CHANNEL);
  const [answered, asOf] = [performance.now(), writer.written];
  expect(await listening.end()).toBe('access_lost');
  const took = performance.now() - answered;
  expect(await there.next('channel.removed')).toMatchObject({ channelId: textId });
  await talking.next('message.created', (event) => {
    const { content } = event['message'] as { content: string };
    return content === `line ${asOf + 5}`;
  });
  writer.stop();
  expect(took).toBeLessThan(1_000);
  expect(listening.all('message.created').length).toBeLessThanOrEqual(asOf + 1);
  const activity = there.all('activity').length;
  await talking.settled();
  await there.settled();
  expect(there.all('activity').length).toBe(activity);
  // Neither the ticket in hand nor api nor the server's room opens it again.
  expect(await (await knock('main', textId, resume)).end()).toBe('access_lost');
  const params = { id: textId };
  await expect(member.call('POST /api/channels/:id/ticket', { params })).rejects.toMatchObject({
    code: 'not_found',
  });
  there.send({ type: 'ticket.request', nonce: 'n', channelId: textId });
  expect(await there.next('rejected')).toMatchObject({ code: 'not_found' });
});

test('a role gives the right to write back at once', async () => {
  await deny(textId, Permission.SEND_MESSAGES);
  const client = await enterChannel(member);
  client.write('may I?');
  expect(await client.next('rejected')).toMatchObject({ code: 'missing_permission' });
  const role = await owner.call('POST /api/servers/:id/roles', {
    params: home(),
    body: { name: 'writers' },
  });
  await owner.call('PUT /api/channels/:id/overrides/:targetId', {
    params: { id: textId, targetId: role.id },
    body: { kind: 'role', allow: String(Permission.SEND_MESSAGES), deny: '0' },
  });
  await owner.call('PUT /api/servers/:id/members/:uid/roles/:rid', {
    params: { ...them(), rid: role.id },
  });
  await client.next('permissions.changed');
  client.write('thank you');
  await client.next('message.created');
  await owner.call('DELETE /api/servers/:id/members/:uid/roles/:rid', {
    params: { ...them(), rid: role.id },
  });
  await client.next('permissions.changed');
  client.write('once more');
  expect(await client.next('rejected')).toMatchObject({ code: 'missing_permission' });
});

test('a timeout silences at once, also in a call, and ends by itself', async () => {
  const [client, voice] = [await enterChannel(member), await call(member)];
  const there = await enterServer(member);
  const timeoutUntil = new Date(Date.now() + 5_000).toISOString();
  await owner.call('PATCH /api/servers/:id/members/:uid', {
    params: them(),
    body: { timeoutUntil },
  });
  await client.next('permissions.changed');
  client.write('still here');
  expect(await client.next('rejected')).toMatchObject({ code: 'missing_permission' });
  expect(await voice.ended).toBe(4003);
  there.send({ type: 'ticket.request', nonce: 'n', channelId: textId });
  const { ticket } = await there.next('channel.ticket');
  const second = await knock('main', textId, String(ticket));
  await second.next('ready');
  second.write('by another door');
  expect(await second.next('rejected')).toMatchObject({ code: 'missing_permission' });
  for (const one of [client, second]) {
    await one.next('permissions.changed');
    one.write('back');
    await one.next('message.created');
  }
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(timeoutUntil));
});

test('a kick closes everything, and an invite opens it again', async () => {
  const [there, client, voice] = [
    await enterServer(member),
    await enterChannel(member),
    await call(member),
  ];
  const tickets = [there, client].map((one) => String(one.all('ready')[0]?.['ticket']));
  await owner.call('DELETE /api/servers/:id/members/:uid', { params: them() });
  expect(await there.end()).toBe('access_lost');
  expect(await client.end()).toBe('access_lost');
  expect(await voice.ended).toBe(4003);
  expect(await (await knock('server', serverId, tickets[0] ?? '')).end()).toBe('bad_ticket');
  expect(await (await knock('main', textId, tickets[1] ?? '')).end()).toBe('bad_ticket');
  // A ticket of the very second in which they were removed is void.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await invite();
  await enterServer(member);
  const again = await enterChannel(member);
  again.write('hello again');
  await again.next('message.created');
});

test('a ban closes everything, takes the words of the last hour, and no invite helps', async () => {
  const [there, client] = [await enterServer(member), await enterChannel(member)];
  const reader = await enterChannel(owner);
  client.write('spam');
  await reader.next('message.created');
  client.write('more spam');
  await reader.next('message.created');
  await owner.call('PUT /api/servers/:id/bans/:uid', {
    params: them(),
    body: { reason: 'spam', deleteMessageSeconds: 3600 },
  });
  expect(await there.end()).toBe('access_lost');
  expect(await client.end()).toBe('access_lost');
  const { ids } = await reader.next('messages.removed');
  expect(ids).toHaveLength(2);
  const params = { id: textId };
  await expect
    .poll(async () => {
      const page = await owner.call('GET /api/channels/:id/messages', { params });
      return page.map(({ content }) => content);
    })
    .toEqual(['', '']);
  await expect(invite()).rejects.toMatchObject({ code: 'banned' });
});

test('who may not speak any more stays in the call and is told; who may not connect is out', async () => {
  const voice = await call(member);
  await deny(voiceId, Permission.SPEAK);
  await expect.poll(() => voice.told.join()).toContain('"canSpeak":false');
  await deny(voiceId, Permission.CONNECT);
  expect(await voice.ended).toBe(4003);
});

test('an ended session closes its sockets everywhere, and no other', async () => {
  const other = await app.register(`other${made}`);
  const { code } = await owner.call('POST /api/servers/:id/invites', { params: home(), body: {} });
  await other.call('POST /api/invites/:code', { params: { code } });
  const mine = [await enterServer(member), await enterChannel(member)];
  const voice = await call(member);
  const theirs = await enterChannel(other);
  const answer = await app.fetch('/api/auth/logout', {
    method: 'POST',
    headers: { cookie: `harmonium_refresh=${member.cookie}` },
  });
  expect(answer.status).toBeLessThan(300);
  for (const client of mine) expect(await client.end()).toBe('session_revoked');
  expect(await voice.ended).toBe(4003);
  await theirs.settled();
});
