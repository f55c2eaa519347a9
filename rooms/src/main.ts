import { createServer } from 'node:http';
import { join } from 'node:path';
import { createServiceTokens } from '@harmonium/api/service-token';
import { createTicketKeys } from '@harmonium/api/ticket';
import { pino } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { z } from 'zod';
import { createNodeHost } from './node/host.ts';
import { answerMetrics } from './node/metrics-page.ts';
import { createHttpPublisher } from '../contract/http-publisher.ts';
import { createRoomsApi } from './rooms-api.ts';

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3002),
  JWT_SECRET: z.string().min(16),
  DATA_DIR: z.string().default('./data'),
  API_URL: z.url().default('http://127.0.0.1:3001'),
  /** Where any room is reached when several processes share them; absent: all are in this one. */
  ROOMS_URL: z.url().optional(),
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

const { PORT, JWT_SECRET, DATA_DIR, API_URL, ROOMS_URL, RATE_LIMIT_SCALE, METRICS_TOKEN } =
  environment.data;
const log = pino({ name: 'rooms' });
const serviceTokens = createServiceTokens(JWT_SECRET);
const host = createNodeHost({
  dataDir: join(DATA_DIR, 'rooms'),
  tickets: createTicketKeys(JWT_SECRET),
  serviceTokens,
  api: createRoomsApi({ baseUrl: API_URL, fetch, tokens: serviceTokens }),
  log,
  rateLimitScale: RATE_LIMIT_SCALE,
  ...(ROOMS_URL === undefined
    ? {}
    : { rooms: createHttpPublisher({ url: ROOMS_URL, issuer: 'rooms', serviceTokens, fetch }) }),
});

const processMetrics = new Registry();
collectDefaultMetrics({ register: processMetrics, eventLoopMonitoringPrecision: 20 });

const server = createServer((request, response) => {
  if (request.method === 'GET' && request.url === '/metrics') {
    const registries = async () => [await host.metrics(), processMetrics];
    void answerMetrics(request, response, { token: METRICS_TOKEN, registries });
    return;
  }
  if (request.method === 'GET' && request.url === '/health') {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ status: 'ok', ...host.stats() }));
    return;
  }
  void host.handleRequest(request, response);
});
server.on('upgrade', (request, stream, head) => host.handleUpgrade(request, stream, head));
server.listen(PORT, () => log.info({ address: server.address() }, 'rooms are open'));

async function stop(): Promise<void> {
  await host.close();
  server.close(() => process.exit(0));
  server.closeAllConnections();
}
process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
