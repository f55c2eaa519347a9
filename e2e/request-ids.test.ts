import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServiceTokens } from '@harmonium/api/service-token';
import { createTicketKeys } from '@harmonium/api/ticket';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createMemoryCache } from '../api/src/adapters/cache-memory.ts';
import { createCurrentRequest } from '../api/src/adapters/current-request.ts';
import { createPino, createPinoLog } from '../api/src/adapters/log-pino.ts';
import { createPrometheusMeter } from '../api/src/adapters/meter-prometheus.ts';
import { createHttpRooms } from '../api/src/adapters/rooms-http.ts';
import { createHttpSfus } from '../api/src/adapters/sfus-http.ts';
import { openTestApp, type LoggedIn, type TestApp } from '../api/src/testing/test-app.ts';
import { createNodeHost, type NodeHost } from '../rooms/src/node/host.ts';
import { createRoomsApi } from '../rooms/src/rooms-api.ts';
import { createHttpServer } from '../sfu/src/node/http-server.ts';
import { handleServiceRequest } from '../sfu/src/service-request.ts';

/* The three parts behind real ports, each with its log; in rooms and sfu everything fails. */

interface Line {
  name: string;
  msg: string;
  requestId?: string;
  error?: { requestId?: string };
}

const now = () => Date.now();
const serviceTokens = createServiceTokens('a secret for tests', now);
let lines: Line[] = [];
let app: TestApp;
let owner: LoggedIn;
let host: NodeHost;
let folder: string;
const servers: Server[] = [];

beforeAll(async () => {
  const currentRequest = createCurrentRequest();
  const reach = { serviceTokens, requestId: () => currentRequest.id(), fetch };
  const log = createPinoLog(logOf('api'), reach.requestId);

  folder = await mkdtemp(join(tmpdir(), 'harmonium-request-ids-'));
  const roomsServer = createServer(
    (request, response) => void host.handleRequest(request, response),
  );
  const url = await listen(roomsServer);
  const sfuUrl = await listen(brokenSfu());
  app = await openTestApp({
    serviceTokens,
    currentRequest,
    log,
    rooms: createHttpRooms({ url, ...reach }),
    sfus: createHttpSfus({ url: sfuUrl, cache: createMemoryCache({ now }), now, ...reach }),
  });
  host = createNodeHost({
    dataDir: folder,
    tickets: createTicketKeys('a secret for tests', now),
    serviceTokens,
    api: createRoomsApi({ baseUrl: '', fetch: app.fetch, tokens: serviceTokens }),
    log: logOf('rooms'),
  });
  owner = await app.register('owner');
  await app.settled();
}, 60_000);
afterAll(async () => {
  await host.close();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await app.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  lines = [];
});

function logOf(name: string) {
  const write = (line: string) => lines.push(JSON.parse(line) as Line); // Of our own making.
  return createPino(name, 'info', { write });
}

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // It listens on a port.
}

function brokenSfu(): Server {
  const fail = () => {
    throw new Error('a bug');
  };
  const services = {
    disconnect: fail,
    accessChanged: fail,
    places: fail,
    move: fail,
    permit: fail,
  };
  const log = createPinoLog(logOf('sfu'));
  const handleRequest = (request: Request) =>
    handleServiceRequest(request, { services, serviceTokens, log });
  const { registry } = createPrometheusMeter();
  const sfu = { id: '', stats: fail, handleUpgrade: fail, handleRequest };
  return createHttpServer(sfu, { registry, token: undefined });
}

/** What the answer said, as somebody may report it. */
async function idOfAnswer(path: string, method: string, body?: object): Promise<string> {
  const response = await app.fetch(path, {
    method,
    headers: {
      authorization: `Bearer ${owner.accessToken}`,
      'content-type': 'application/json',
      // Theirs to say, and nobody's to believe.
      'x-request-id': crypto.randomUUID(),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  await app.settled();
  return response.headers.get('x-request-id') ?? '';
}

const linesOf = (id: string) =>
  lines.filter(({ requestId }) => requestId === id).map(({ name, msg }) => `${name}: ${msg}`);

test('a call that is not ended, after the answer, is found in api and in the sfu', async () => {
  const { username } = owner.user;
  await app.call('POST /api/auth/login', { body: { login: username, password: 'correct horse' } });
  const id = await idOfAnswer('/api/users/@me/sessions', 'DELETE');
  const there = 'sfu: A request of another service failed.';
  expect(linesOf(id)).toEqual([there, 'api: calls of a user were not closed']);
});

test('what rooms ask in vain has an id of its own, which is in their line and in that of api', async () => {
  const api = createRoomsApi({ baseUrl: '', fetch: app.fetch, tokens: serviceTokens });
  const log = logOf('rooms');
  const { db } = app.database;
  await db.execute('alter table servers rename to lost');
  try {
    await api
      .structure('1' as never)
      .catch((error: unknown) => log.warn({ error }, 'no structure'));
  } finally {
    await db.execute('alter table lost rename to servers');
  }
  const [first, second] = lines;
  expect(first).toMatchObject({ name: 'api', msg: 'request failed' });
  expect(second).toMatchObject({ name: 'rooms', error: { requestId: first?.requestId } });
});

test('a message that its room cannot take is found in api and in rooms by one id', async () => {
  const { channels } = await owner.call('POST /api/servers', { body: { name: 'Home' } });
  const path = `/api/channels/${channels[0]?.id}/messages`;
  await app.settled();
  await host.close();
  const id = await idOfAnswer(path, 'POST', { content: 'hello' });
  expect(linesOf(id)).toEqual(['rooms: a publish failed', 'api: room cannot be reached']);
});
