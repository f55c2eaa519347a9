import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Snowflake } from '@harmonium/api/ids';
import type { Party } from '@harmonium/rooms/publish';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openPostgres } from '../../api/src/adapters/db-postgres.ts';
import { createLocalRooms } from '../../api/src/adapters/rooms-local.ts';
import { openTestApp, type LoggedIn, type TestApp } from '../../api/src/testing/test-app.ts';
import { startPostgres } from '../../api/testing/postgres.ts';
import type { Service } from '../../api/testing/service.ts';
import { createNodeHost, type NodeHost } from '../../rooms/src/node/host.ts';
import { createRoomsApi } from '../../rooms/src/rooms-api.ts';
import { Client } from '../../rooms/src/testing/client.ts';
import { silentLog } from '../../rooms/src/testing/fake-host.ts';
import { connectSocket } from '../../rooms/src/testing/socket-client.ts';

/* Somebody is shut out at the very moment in which they come in, on PostgreSQL and real sockets. */

let postgres: Service;
let app: TestApp;
let host: NodeHost;
let server: Server;
let folder: string;
beforeAll(async () => {
  postgres = await startPostgres();
  folder = await mkdtemp(join(tmpdir(), 'harmonium-races-'));
  app = await openTestApp({
    database: await openPostgres({ url: postgres.url }),
    rooms: createLocalRooms({
      publisher: { publish: (...event) => host.publisher.publish(...event) },
      stats: async () => host.stats(),
    }),
  });
  Object.defineProperty(app.clock, 'now', { get: () => Date.now() });
  const { tickets, serviceTokens } = app.deps;
  host = createNodeHost({
    dataDir: folder,
    tickets,
    serviceTokens,
    log: silentLog,
    rateLimitScale: 1e6,
    api: createRoomsApi({
      baseUrl: '',
      fetch: (url, init) => app.fetch(url, init),
      tokens: serviceTokens,
    }),
  });
  server = createServer();
  server.on('upgrade', (request, stream, head) => host.handleUpgrade(request, stream, head));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
});
afterAll(async () => {
  await host.close();
  server.close();
  await app.settled();
  await app.database.close();
  await postgres.close();
  await rm(folder, { recursive: true });
});

let owner: LoggedIn;
let them: LoggedIn;
let serverId: Snowflake;
let textId: Snowflake;
let made = 0;
/** Every connection of the one who is shut out, and every ticket they had. */
let held: Client[];
let had: [Party, Snowflake, string][];
beforeEach(async () => {
  made += 1;
  [held, had] = [[], []];
  owner = await app.register(`owner-${made}`);
  them = await app.register(`them-${made}`);
  const view = await owner.call('POST /api/servers', { body: { name: 'Home' } });
  serverId = view.server.id;
  textId = view.channels[0]?.id ?? serverId;
});

const home = () => ({ id: serverId });
const invite = async () =>
  (await owner.call('POST /api/servers/:id/invites', { params: home(), body: {} })).code;
const joinBy = (code: string) => them.call('POST /api/invites/:code', { params: { code } });
const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, milliseconds);
  });

async function knock(party: Party, id: Snowflake, ticket: string): Promise<Client> {
  const client = new Client();
  const { port } = server.address() as AddressInfo; // It listens on one.
  await connectSocket(`ws://127.0.0.1:${port}`, party, id, ticket, undefined, client);
  return client;
}

async function enter(who: LoggedIn, id: Snowflake): Promise<Client> {
  const { ticket } = await who.call('POST /api/channels/:id/ticket', { params: { id } });
  const client = await knock('main', id, ticket);
  await client.next('ready');
  return client;
}

/** By every door, as often as it goes, until nothing opens. */
async function comeIn(): Promise<void> {
  const { ticket } = await them.call('POST /api/servers/:id/ticket', { params: home() });
  had.push(['server', serverId, ticket]);
  const there = await knock('server', serverId, ticket);
  held.push(there);
  there.send({ type: 'ticket.request', nonce: 'n', channelId: textId });
  const params = { id: textId };
  const byApi = (await them.call('POST /api/channels/:id/ticket', { params })).ticket;
  had.push(['main', textId, byApi]);
  held.push(await knock('main', textId, byApi));
  const byRoom = String((await there.next('channel.ticket'))['ticket']);
  had.push(['main', textId, byRoom]);
  held.push(await knock('main', textId, byRoom));
}

/** Nothing that was open is, nothing opens any more, and what is said then is not heard. */
async function expectShutOut(): Promise<void> {
  await app.settled();
  await expect.poll(() => held.filter(({ closedBy }) => closedBy === undefined)).toEqual([]);
  const talking = await enter(owner, textId);
  // Whoever came back in between has heard what was said before.
  const word = crypto.randomUUID();
  talking.write(word);
  await talking.next('message.created');
  for (const [party, id, ticket] of had) {
    const again = await knock(party, id, ticket);
    expect(['bad_ticket', 'access_lost']).toContain(await again.end());
    held.push(again);
  }
  const heard = held.flatMap((client) => client.heard);
  expect(heard.filter((event) => JSON.stringify(event).includes(word))).toEqual([]);
}

test('who is kicked while they come in is out by every door', async () => {
  await joinBy(await invite());
  for (let delay = 0; delay < 60; delay += 10) {
    const coming = Promise.allSettled([0, 5, 10, 20, 40, 60].map((at) => pause(at).then(comeIn)));
    await pause(delay);
    await owner.call('DELETE /api/servers/:id/members/:uid', {
      params: { ...home(), uid: them.user.id },
    });
    await coming;
    await expectShutOut();
    // A ticket of the very second in which they were removed is void.
    await pause(1_100);
    [held, had] = [[], []];
    await joinBy(await invite());
  }
  await comeIn();
  await pause(100);
  expect(held.map(({ closedBy }) => closedBy)).toEqual([undefined, undefined, undefined]);
});

test('who is banned while they join is out by every door', async () => {
  const code = await invite();
  const joining = Promise.allSettled(
    [0, 5, 10, 15, 20, 30, 50, 80].map(async (at) => {
      await pause(at);
      await joinBy(code);
      await comeIn();
    }),
  );
  await pause(20);
  await owner.call('PUT /api/servers/:id/bans/:uid', {
    params: { ...home(), uid: them.user.id },
    body: {},
  });
  await joining;
  await expectShutOut();
  const list = await owner.call('GET /api/servers/:id/members', { params: home() });
  expect(list).toHaveLength(1);
});

test('who is blocked while they write is heard no more, and nothing of it is stored', async () => {
  await joinBy(await invite());
  const { id } = await them.call('POST /api/users/@me/channels', {
    body: { userIds: [owner.user.id] },
  });
  const [writing, reading] = [await enter(them, id), await enter(owner, id)];
  let written = 0;
  const busy = setInterval(() => {
    written += 1;
    writing.write(`line ${written}`);
  }, 5);
  await reading.next('message.created');
  await pause(50);
  await owner.call('PUT /api/users/@me/relationships/:uid', {
    params: { uid: them.user.id },
    body: { kind: 'blocked' },
  });
  await app.settled();
  const asOf = written;
  await expect.poll(() => written).toBeGreaterThan(asOf + 20);
  clearInterval(busy);
  await writing.settled();
  await reading.settled();
  const lines = reading.all('message.created').map(({ message }) => contentOf(message));
  // What was under way when the room heard of it may be in.
  expect(lines.length).toBeLessThanOrEqual(asOf + 1);
  const refused = writing.all('rejected');
  expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['missing_permission']));
  expect(lines.length + refused.length).toBe(written);
  const attempt = them.call('POST /api/channels/:id/messages', {
    params: { id },
    body: { content: 'by another door' },
  });
  await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
  const page = await owner.call('GET /api/channels/:id/messages', {
    params: { id },
    query: { limit: 100 },
  });
  expect(page.map(contentOf).toReversed()).toEqual(lines.slice(-100));
});

const contentOf = (message: unknown) => (message as { content: string }).content;
