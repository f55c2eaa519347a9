import { createServer, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { createServiceTokens } from '@harmonium/api/service-token';
import { createTicketKeys } from '@harmonium/api/ticket';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { z } from 'zod';
import { createHttpPublisher } from '../contract/http-publisher.ts';
import { MAX_PLACES } from '../contract/placement.ts';
import { createLog } from './node/log.ts';
import { answerMetrics } from './node/metrics-page.ts';
import { openRooms } from './node/open-rooms.ts';
import { createRoomsApi } from './rooms-api.ts';

/** A container is killed after 30 s. */
const STOPS_WITHIN_MS = 25_000;

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3002),
  JWT_SECRET: z.string().min(16),
  DATA_DIR: z.string().default('./data'),
  API_URL: z.url().default('http://127.0.0.1:3001'),
  /** Where any room is reached when several machines share them; absent: all are on this one. */
  ROOMS_URL: z.url().optional(),
  /** That share the rooms of this machine behind the one port. */
  ROOM_PROCESSES: z.coerce.number().int().min(1).max(MAX_PLACES).default(1),
  RATE_LIMIT_SCALE: z.coerce.number().positive().default(1),
  METRICS_TOKEN: z.string().min(16).optional(),
});

// A line like `METRICS_TOKEN=` in an .env file means: not given.
const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
const environment = Environment.safeParse(given);
if (!environment.success) {
  const [issue] = environment.error.issues;
  console.error(`${issue?.path.join('.')}: ${issue?.message}`);
  process.exit(1);
}

const { PORT, JWT_SECRET, API_URL, ROOMS_URL, METRICS_TOKEN } = environment.data;
const log = createLog();
const serviceTokens = createServiceTokens(JWT_SECRET);
const rooms = await openRooms({
  processes: environment.data.ROOM_PROCESSES,
  dataDir: join(environment.data.DATA_DIR, 'rooms'),
  tickets: createTicketKeys(JWT_SECRET),
  jwtSecret: JWT_SECRET,
  serviceTokens,
  api: createRoomsApi({ baseUrl: API_URL, fetch, tokens: serviceTokens }),
  apiUrl: API_URL,
  log,
  logLevel: log.level,
  rateLimitScale: environment.data.RATE_LIMIT_SCALE,
  ...(ROOMS_URL === undefined
    ? {}
    : { rooms: createHttpPublisher({ url: ROOMS_URL, issuer: 'rooms', serviceTokens, fetch }) }),
}).catch(giveUp);

const processMetrics = new Registry();
collectDefaultMetrics({ register: processMetrics, eventLoopMonitoringPrecision: 20 });

const server = createServer((request, response) => {
  if (request.method === 'GET' && request.url === '/metrics') {
    const registries = async () => [await rooms.metrics(), processMetrics];
    void answerMetrics(request, response, { token: METRICS_TOKEN, registries });
    return;
  }
  if (request.method === 'GET' && request.url === '/health') {
    void answerHealth(response);
    return;
  }
  void rooms.handleRequest(request, response);
});
server.on('upgrade', (request, stream, head) => rooms.handleUpgrade(request, stream, head));
server.listen(PORT, () => {
  const opened = () => log.info({ address: server.address() }, 'rooms are open');
  void rooms.open().then(opened, giveUp);
});

async function answerHealth(response: ServerResponse): Promise<void> {
  const answer = await rooms.stats().then(
    (stats) => ({ code: 200, body: { status: 'ok', ...stats } }),
    () => ({ code: 503, body: { status: 'failing' } }),
  );
  response.writeHead(answer.code, { 'content-type': 'application/json' });
  response.end(JSON.stringify(answer.body));
}

function giveUp(error: unknown): never {
  log.fatal(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

async function stop(): Promise<void> {
  setTimeout(() => process.exit(1), STOPS_WITHIN_MS).unref();
  // Its end is not waited for: of sockets that were handed to other processes it may never hear.
  server.close();
  await rooms.close();
  server.closeAllConnections();
  log.info('rooms have ended');
  process.exit(0);
}
process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
