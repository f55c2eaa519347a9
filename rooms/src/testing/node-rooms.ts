import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServiceTokens } from '@harmonium/api/service-token';
import { createTicketKeys } from '@harmonium/api/ticket';
import { createNodeHost, type NodeHost, type NodeHostOptions } from '../node/host.ts';
import { FakeApi } from './fake-api.ts';
import { silentLog } from './fake-host.ts';
import { TEST_SECRET } from './fake-rooms.ts';
import { connectSocket } from './socket-client.ts';
import type { Rooms } from './world.ts';

export interface NodeRooms extends Rooms {
  /** `ws://…` of the host. */
  url: string;
  host: NodeHost;
}

/** The Node host on a real port, with real sockets. */
export async function nodeRooms(options: Partial<NodeHostOptions> = {}): Promise<NodeRooms> {
  const dataDir = await mkdtemp(join(tmpdir(), 'harmonium-rooms-'));
  const api = new FakeApi();
  const tickets = createTicketKeys(TEST_SECRET);
  const serviceTokens = createServiceTokens(TEST_SECRET);
  const open = () =>
    createNodeHost({ dataDir, tickets, serviceTokens, api, log: silentLog, ...options });

  let host = open();
  const server = await listen(() => host);
  const { port } = server.address() as AddressInfo; // It listens on a port.
  return {
    url: `ws://127.0.0.1:${port}`,
    get host() {
      return host;
    },
    tickets,
    api,
    publisher: { publish: (...rest) => host.publisher.publish(...rest) },
    connect: (party, id, ticket, since, client) =>
      connectSocket(`ws://127.0.0.1:${port}`, party, id, ticket, since, client),
    async restart() {
      await host.close();
      host = open();
    },
    async close() {
      await host.close();
      server.closeAllConnections();
      server.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

function listen(host: () => NodeHost): Promise<Server> {
  const server = createServer((request, response) => void host().handleRequest(request, response));
  server.on('upgrade', (request, stream, head) => host().handleUpgrade(request, stream, head));
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}
