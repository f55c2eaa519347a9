import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServiceTokens } from '@harmonium/api/service-token';
import { createTicketKeys } from '@harmonium/api/ticket';
import type { Log } from '../host.ts';
import { RoomProcesses } from '../node/processes/room-processes.ts';
import { serveApi } from './api-server.ts';
import { FakeApi } from './fake-api.ts';
import { silentLog } from './fake-host.ts';
import { TEST_SECRET } from './fake-rooms.ts';
import { connectSocket } from './socket-client.ts';
import type { Rooms } from './world.ts';

export interface ProcessRooms extends Rooms {
  /** `ws://…` of the one port. */
  url: string;
  dataDir: string;
  readonly processes: RoomProcesses;
  /** Ends them, and starts as many as asked. */
  restart(places?: number): Promise<void>;
}

/** Rooms in several real processes behind one port, with real sockets. */
export async function processRooms(options: {
  places: number;
  log?: Log;
  rateLimitScale?: number;
}): Promise<ProcessRooms> {
  const { places, log = silentLog, rateLimitScale = 1 } = options;
  const dataDir = await mkdtemp(join(tmpdir(), 'harmonium-processes-'));
  const api = new FakeApi();
  const apiServer = await serveApi(api);
  const apiUrl = `http://127.0.0.1:${(apiServer.address() as AddressInfo).port}`;
  const serviceTokens = createServiceTokens(TEST_SECRET);
  const open = async (count: number) => {
    const opened = await RoomProcesses.prepare({
      dataDir,
      places: count,
      jwtSecret: TEST_SECRET,
      serviceTokens,
      apiUrl,
      rateLimitScale,
      log,
      logLevel: 'silent',
    });
    await opened.open();
    return opened;
  };

  let processes = await open(places);
  const server = createServer((request, response) => {
    void processes.handleRequest(request, response);
  });
  server.on('upgrade', (request, stream, head) => processes.handleUpgrade(request, stream, head));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    dataDir,
    get processes() {
      return processes;
    },
    tickets: createTicketKeys(TEST_SECRET),
    api,
    publisher: { publish: (...rest) => processes.publisher.publish(...rest) },
    connect: (party, id, ticket, since, client) =>
      connectSocket(url, party, id, ticket, since, client),
    async restart(count = places) {
      await processes.close();
      processes = await open(count);
    },
    async close() {
      await processes.close();
      for (const listening of [server, apiServer]) {
        listening.closeAllConnections();
        listening.close();
      }
      await rm(dataDir, { recursive: true });
    },
  };
}
