import { createServer, type Server } from 'node:http';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { createServiceTokens } from '@harmonium/api/service-token';
import { createTicketKeys } from '@harmonium/api/ticket';
import { Hono } from 'hono';
import { openBackends } from './api/src/adapters/backends-node.ts';
import { createBackground } from './api/src/adapters/background-node.ts';
import { createCurrentRequest } from './api/src/adapters/current-request.ts';
import { createNodeDeps, keepSwept, ownerLink } from './api/src/adapters/deps-node.ts';
import { Door } from './api/src/adapters/door.ts';
import { createPino, createPinoLog } from './api/src/adapters/log-pino.ts';
import { createPrometheusMeter } from './api/src/adapters/meter-prometheus.ts';
import { metricsPage, processMetrics } from './api/src/adapters/metrics-page.ts';
import { createLocalRooms } from './api/src/adapters/rooms-local.ts';
import { readSecrets } from './api/src/adapters/secrets-file.ts';
import { createLocalSfus } from './api/src/adapters/sfus-local.ts';
import { createApp } from './api/src/app.ts';
import { readEnvironment, type Environment } from './api/src/config.ts';
import packageJson from './package.json' with { type: 'json' };
import { openRooms } from './rooms/src/node/open-rooms.ts';
import { createRoomsApi } from './rooms/src/rooms-api.ts';
import { createSfuMetrics } from './sfu/src/node/metrics.ts';
import { createSfu, type Sfu } from './sfu/src/server.ts';
import { prepareWorker } from './sfu/worker/prepare-worker.ts';
import { buildPage } from './web/node/build.ts';
import { createPage } from './web/node/page.ts';

/** Everything in one process on one port: api, rooms, voice and the page. */

const MAX_DEFAULT_WORKERS = 4;
/** The only api process there is. */
const API_NODE = 0;
/** It ends in this order, each part in its time, and all of it in the last. */
const CHANGES_END_WITHIN_MS = 5_000;
const BACKGROUND_ENDS_WITHIN_MS = 3_000;
const ANSWERS_END_WITHIN_MS = 5_000;
const STOPS_WITHIN_MS = 25_000;

const say = (line: string): void => console.log(line);
const now = (): number => Date.now();
const startedAt = performance.now();

try {
  await main(readEnvironment(process.env));
} catch (error) {
  console.error(`Harmonium could not start: ${wordsOf(error)}`);
  process.exit(1);
}

async function main(environment: Environment): Promise<void> {
  const { dataDir, port, rateLimitScale } = environment;
  say(`${environment.instanceName} ${packageJson.version} is starting.`);
  const logger = createPino('harmonium', environment.isProduction ? 'info' : 'warn');
  const log = createPinoLog(logger);
  const secrets = readSecrets(environment);
  const tickets = createTicketKeys(secrets.jwt, now);
  const serviceTokens = createServiceTokens(secrets.jwt, now);

  const [backends, dist] = await Promise.all([
    openBackends(environment, { secret: secrets.jwt, now, log }),
    // The page that `npm run dev` serves builds itself.
    process.argv.includes('--no-page') ? undefined : buildPage(say),
  ]);
  const rooms = await openRooms({
    processes: environment.roomProcesses,
    dataDir: join(dataDir, 'rooms'),
    tickets,
    jwtSecret: secrets.jwt,
    serviceTokens,
    apiUrl: `http://127.0.0.1:${port}`,
    api: createRoomsApi({
      baseUrl: 'http://api',
      fetch: async (url, init) => app.fetch(new Request(url, init)),
      tokens: serviceTokens,
    }),
    log: logger,
    logLevel: logger.level,
    now,
    rateLimitScale,
  });
  const sfus = createLocalSfus();
  const meter = createPrometheusMeter();
  const currentRequest = createCurrentRequest();
  const background = createBackground();
  const deps = createNodeDeps({
    environment,
    secrets,
    backends,
    rooms: createLocalRooms(rooms),
    sfus,
    tickets,
    serviceTokens,
    version: packageJson.version,
    snowflakeNode: API_NODE,
    now,
    log: createPinoLog(logger, () => currentRequest.id()),
    currentRequest,
    meter,
    background: (work) => background.add(work),
  });
  const app = createApp(deps);

  const site = new Hono<{ Bindings: HttpBindings }>();
  site.all('/api/*', (c) => app.fetch(c.req.raw, c.env));
  site.get('/health', (c) => app.fetch(c.req.raw, c.env));
  let sfu: Sfu | undefined;
  const ownMetrics = [meter.registry, processMetrics()];
  const registries = async () => [
    await rooms.metrics(),
    ...ownMetrics,
    ...(sfu === undefined ? [] : [createSfuMetrics(sfu)]),
  ];
  site.get('/metrics', metricsPage({ token: environment.metricsToken, registries }));
  const { handleFiles } = backends;
  if (handleFiles !== undefined) site.all('/files/*', (c) => handleFiles(c.req.raw));
  if (dist !== undefined) site.route('/', createPage(dist, environment.filesOrigin));

  const answer = getRequestListener((request, env) => site.fetch(request, env));
  const door = new Door();
  const server = createServer((request, response) => {
    if (!door.admits(request, response)) return;
    const isForRoom = request.url?.startsWith('/parties/') === true;
    void (isForRoom ? rooms.handleRequest(request, response) : answer(request, response));
  });
  server.on('upgrade', (request, socket, head) => {
    if (door.isClosed) return void socket.destroy();
    const [path = '/'] = (request.url ?? '/').split('?');
    if (path.startsWith('/parties/')) rooms.handleUpgrade(request, socket, head);
    else if (path === '/sfu' && sfu !== undefined) sfu.handleUpgrade(request, socket, head);
    else socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
  });
  await listen(server, port);
  await rooms.open();
  const stopSweeping = keepSwept(deps);

  const stop = async (): Promise<void> => {
    say('Stopping. What was said is stored.');
    setTimeout(() => process.exit(1), STOPS_WITHIN_MS).unref();
    stopSweeping();
    await Promise.all([door.close(CHANGES_END_WITHIN_MS), sfu?.close()]);
    // Rooms hear of what was changed before they close.
    await background.settled(BACKGROUND_ENDS_WITHIN_MS);
    await rooms.close();
    // The server's own end is not waited for: of sockets that other processes have it may never hear.
    server.close();
    await door.answered(ANSWERS_END_WITHIN_MS);
    server.closeAllConnections();
    await backends.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());

  const address = environment.clientUrl ?? `http://localhost:${port}`;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  say(`Open ${address} (ready after ${seconds} s)`);
  const link = await ownerLink(deps, environment);
  if (link !== undefined) say(`Make it yours, once: ${link}`);

  const worker = await prepareWorker({ log: say });
  try {
    if (!worker.ok) throw new Error(`${worker.reason} To mend it: ${worker.mend}`);
    sfu = await createSfu({
      workerBin: worker.bin,
      announcedIp: environment.announcedIp,
      port: environment.sfuPort,
      workers: environment.sfuWorkers ?? Math.min(availableParallelism(), MAX_DEFAULT_WORKERS),
      stage: { slots: environment.sfuStage },
      turn: environment.turn,
      tickets,
      serviceTokens,
      rooms: rooms.publisher,
      now,
      log,
    });
    sfus.ready(sfu);
    say('Voice is ready.');
  } catch (error) {
    sfus.refuse(worker.ok ? wordsOf(error) : worker.reason);
    say(`Chat works, voice does not. ${wordsOf(error)}`);
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const isTaken = 'code' in error && error.code === 'EADDRINUSE';
      const words = `port ${port} is in use. Stop what listens there, or set PORT to another.`;
      reject(isTaken ? new Error(words, { cause: error }) : error);
    });
    server.listen(port, resolve);
  });
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
