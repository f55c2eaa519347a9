import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServiceTokens } from '@harmonium/api/service-token';
import { createSfu } from '../sfu/src/server.ts';
import { freePort } from '../sfu/src/testing/free-port.ts';
import { usePlainTransports } from '../sfu/src/testing/plain-transports.ts';
import { workerBin } from '../sfu/src/testing/worker-bin.ts';
import { SECRET, ticketKeys } from './tickets.ts';
import { answerUsage } from './usage.ts';

/** The sfu as it is, with rooms that take whatever they are told. */
const [, , , way = 'browsers', workers = '1'] = process.argv;
if (way === 'headless') usePlainTransports();
const now = (): number => Date.now();
const say = (event: string, facts?: object) => console.error(event, facts);
const sfu = await createSfu({
  workerBin: await workerBin(),
  announcedIp: '127.0.0.1',
  port: await freePort(),
  workers: Number(workers),
  tickets: ticketKeys,
  serviceTokens: createServiceTokens(SECRET, now),
  rooms: { publish: async (_party, _room, events) => events.map(() => ({ ok: true as const })) },
  now,
  log: { debug: () => {}, info: () => {}, warn: say, error: say },
});

const server = createServer();
server.on('upgrade', (request, stream, head) => sfu.handleUpgrade(request, stream, head));
server.listen({ port: 0, host: '127.0.0.1', backlog: 1_000 }, () => {
  // Listening on TCP, so no path.
  answerUsage((server.address() as AddressInfo).port);
});
process.once('SIGTERM', () => void sfu.close().then(() => process.exit()));
