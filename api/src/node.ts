import { randomInt } from 'node:crypto';
import { createServer } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { SNOWFLAKE_NODES } from '@harmonium/api/ids';
import { createServiceTokens } from '@harmonium/api/service-token';
import { createTicketKeys } from '@harmonium/api/ticket';
import { Hono } from 'hono';
import apiPackage from '../package.json' with { type: 'json' };
import { openBackends } from './adapters/backends-node.ts';
import { createBackground } from './adapters/background-node.ts';
import { createCurrentRequest } from './adapters/current-request.ts';
import { createNodeDeps, keepSwept, ownerLink } from './adapters/deps-node.ts';
import { Door } from './adapters/door.ts';
import { createPino, createPinoLog } from './adapters/log-pino.ts';
import { createPrometheusMeter } from './adapters/meter-prometheus.ts';
import { metricsPage, processMetrics } from './adapters/metrics-page.ts';
import { createHttpRooms } from './adapters/rooms-http.ts';
import { readSecrets } from './adapters/secrets-file.ts';
import { createHttpSfus } from './adapters/sfus-http.ts';
import { createApp } from './app.ts';
import { readEnvironment, type Environment } from './config.ts';

/** The api as a process of its own; rooms and sfu are others, reached over HTTP. */

const DEFAULT_PORT = '3001';
/** What is under way when it is asked to stop has so long; then rooms are told the rest. */
const REQUESTS_END_WITHIN_MS = 8_000;
const BACKGROUND_ENDS_WITHIN_MS = 5_000;
/** A container is killed after 30 s. */
const STOPS_WITHIN_MS = 25_000;
const now = () => Date.now();
const logger = createPino('api', 'info');

try {
  await main(readEnvironment({ PORT: DEFAULT_PORT, ...process.env }));
} catch (problem) {
  logger.fatal(problem instanceof Error ? problem.message : String(problem));
  process.exit(1);
}

async function main(environment: Environment): Promise<void> {
  const log = createPinoLog(logger);
  const meter = createPrometheusMeter();
  const secrets = readSecrets(environment);
  const backends = await openBackends(environment, { secret: secrets.jwt, now, log });
  const serviceTokens = createServiceTokens(secrets.jwt, now);
  const currentRequest = createCurrentRequest();
  const requestId = () => currentRequest.id();
  const reach = {
    serviceTokens,
    requestId,
    fetch: (url: string, init: RequestInit) => fetch(url, init),
  };
  const background = createBackground();
  const deps = createNodeDeps({
    environment,
    secrets,
    backends,
    rooms: createHttpRooms({ url: environment.roomsUrl, ...reach }),
    sfus: createHttpSfus({ cache: backends.cache, url: environment.sfuUrl, now, ...reach }),
    tickets: createTicketKeys(secrets.jwt, now),
    serviceTokens,
    version: apiPackage.version,
    // Several api processes do not know of each other: a random node of 1024 keeps ids apart.
    snowflakeNode: randomInt(SNOWFLAKE_NODES),
    now,
    log: createPinoLog(logger, requestId),
    currentRequest,
    meter,
    background: (work) => background.add(work),
  });
  const app = createApp(deps);
  const registries = [meter.registry, processMetrics()];

  const site = new Hono<{ Bindings: HttpBindings }>();
  const token = environment.metricsToken;
  site.get('/metrics', metricsPage({ token, registries: () => registries }));
  const { handleFiles } = backends;
  if (handleFiles !== undefined) site.all('/files/*', (c) => handleFiles(c.req.raw));
  site.all('*', (c) => app.fetch(c.req.raw, c.env));
  const door = new Door();
  const answer = getRequestListener((request, env) => site.fetch(request, env));
  const server = createServer((request, response) => {
    if (door.admits(request, response)) void answer(request, response);
  });
  server.listen(environment.port, () => {
    const address = server.address();
    log.info('api is open', { port: typeof address === 'object' ? address?.port : address });
  });
  const link = await ownerLink(deps, environment);
  if (link !== undefined) log.info(`to own this instance, register once at ${link}`);
  const stopSweeping = keepSwept(deps);

  const stop = async (): Promise<void> => {
    setTimeout(() => process.exit(1), STOPS_WITHIN_MS).unref();
    stopSweeping();
    server.close();
    await door.close(REQUESTS_END_WITHIN_MS);
    await door.answered(REQUESTS_END_WITHIN_MS);
    await background.settled(BACKGROUND_ENDS_WITHIN_MS);
    await backends.close();
    log.info('api has ended');
    process.exit(0);
  };
  process.once('SIGTERM', () => void stop());
  process.once('SIGINT', () => void stop());
}
