import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServiceTokens } from '@harmonium/api/service-token';
import { createNodeHost } from '../rooms/src/node/host.ts';
import { createRoomsApi } from '../rooms/src/rooms-api.ts';
import { structureOf } from './structure.ts';
import { SECRET, ticketKeys } from './tickets.ts';
import { answerUsage } from './usage.ts';

/** The rooms as they are, with an api that takes whatever the outbox brings. */
const [, , dataDir = 'data'] = process.argv;
const serviceTokens = createServiceTokens(SECRET);
let apiCalls = 0;
const say = (_: object, message: string) => console.error(message);
const host = createNodeHost({
  dataDir,
  tickets: ticketKeys,
  serviceTokens,
  api: createRoomsApi({
    baseUrl: 'http://api',
    tokens: serviceTokens,
    fetch: async (url, { method }) => {
      apiCalls += 1;
      const [, serverId] = /servers\/(\d+)\/structure/.exec(url) ?? [];
      if (serverId !== undefined) return Response.json(structureOf(serverId));
      // Nothing was said before: in a server's channels, and in a channel before its first word.
      if (url.includes('/latest')) return Response.json([]);
      if (method === 'GET') return Response.json({ messages: [], reactions: [], pins: [] });
      return new Response(null, { status: 204 });
    },
  }),
  log: { debug: () => {}, info: () => {}, warn: say, error: say },
  // What is measured is the work, not its limits.
  rateLimitScale: 1e9,
});

const server = createServer((request, response) => void host.handleRequest(request, response));
server.on('upgrade', (request, stream, head) => host.handleUpgrade(request, stream, head));
server.listen({ port: 0, host: '127.0.0.1', backlog: 5_000 }, () => {
  answerUsage((server.address() as AddressInfo).port, () => apiCalls);
});
process.once('SIGTERM', () => void host.close().then(() => process.exit()));
