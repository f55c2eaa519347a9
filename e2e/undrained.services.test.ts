import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPostgres } from '../api/src/adapters/db-postgres.ts';
import { createLocalRooms } from '../api/src/adapters/rooms-local.ts';
import { openTestApp, type LoggedIn, type TestApp } from '../api/src/testing/test-app.ts';
import { startPostgres } from '../api/testing/postgres.ts';
import type { FragileService } from '../api/testing/service.ts';
import { createNodeHost, type NodeHost } from '../rooms/src/node/host.ts';
import { createRoomsApi } from '../rooms/src/rooms-api.ts';
import { Client } from '../rooms/src/testing/client.ts';
import { silentLog } from '../rooms/src/testing/fake-host.ts';
import { connectSocket } from '../rooms/src/testing/socket-client.ts';

let postgres: FragileService;
let app: TestApp;
let host: NodeHost;
let server: Server;
let folder: string;
/** While true nothing that rooms hold gets to the database, however well it is. */
let isHeldBack = false;

beforeAll(async () => {
  postgres = await startPostgres();
  folder = await mkdtemp(join(tmpdir(), 'harmonium-undrained-'));
  app = await openTestApp({
    database: await openPostgres({ url: postgres.url }),
    rooms: createLocalRooms({
      publisher: { publish: (...event) => host.publisher.publish(...event) },
      stats: async () => host.stats(),
    }),
  });
  const { tickets, serviceTokens } = app.deps;
  const api = createRoomsApi({
    baseUrl: '',
    fetch: (url, init) => app.fetch(url, init),
    tokens: serviceTokens,
  });
  host = createNodeHost({
    dataDir: folder,
    tickets,
    serviceTokens,
    log: silentLog,
    api: {
      ...api,
      storeOutbox(channelId, entries) {
        if (isHeldBack) throw new Error('held back');
        return api.storeOutbox(channelId, entries);
      },
    },
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
  await app.database.close();
  await postgres.close();
  await rm(folder, { recursive: true });
});

async function enter(reader: LoggedIn, id: Snowflake): Promise<Client> {
  const { ticket } = await reader.call('POST /api/channels/:id/ticket', { params: { id } });
  const client = new Client();
  const { port } = server.address() as AddressInfo; // It listens on a port.
  await connectSocket(`ws://127.0.0.1:${port}`, 'main', id, ticket, undefined, client);
  await client.next('ready');
  return client;
}

test('what was said while the database was down is on the page as soon as it is up', async () => {
  const owner = await app.register('owner');
  const { channels } = await owner.call('POST /api/servers', { body: { name: 'Home' } });
  const id = channels[0]?.id;
  if (id === undefined) throw new Error('no channel');
  const page = (query: object = {}) =>
    owner.call('GET /api/channels/:id/messages', { params: { id }, query });
  const contents = (messages: Message[]) => messages.map(({ content }) => content);

  const client = await enter(owner, id);
  const said: Message[] = [];
  for (const content of ['stored', 'stored and gone']) {
    client.write(content);
    said.push((await client.next('message.created'))['message'] as Message);
    // A reader by REST is never behind the socket.
    expect(contents(await page({ limit: 1 }))).toEqual([content]);
  }
  const stored = async () => (await app.database.db.query.messages.findMany()).length;
  await expect.poll(stored).toBe(2);

  await postgres.stop();
  client.write('in the dark');
  await client.next('message.created');
  client.send({ type: 'message.edit', id: said[0]?.id, content: 'edited in the dark' });
  await client.next('message.edited');
  client.send({ type: 'message.remove', id: said[1]?.id });
  const removed = (await client.next('message.removed'))['message'] as Message;
  await expect(page()).rejects.toMatchObject({ code: 'unavailable' });

  isHeldBack = true;
  await postgres.start();
  const [youngest, gone, edited] = await page();
  expect([youngest, edited].map((message) => message?.content)).toEqual([
    'in the dark',
    'edited in the dark',
  ]);
  expect(gone).toEqual(removed);
  expect(contents(await page({ after: said[1]?.id }))).toEqual(['in the dark']);
  expect(await stored()).toBe(2);

  isHeldBack = false;
  const before = await page();
  await expect.poll(stored, { timeout: 15_000 }).toBe(3);
  expect(await page()).toEqual(before);
}, 60_000);
