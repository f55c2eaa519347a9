import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { networkInterfaces, availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { createSnowflakes } from '@harmonium/api/ids';
import { MAX_MESSAGE_LENGTH } from '@harmonium/api/message';
import { createServiceTokens } from '@harmonium/api/service-token';
import { createTicketKeys } from '@harmonium/api/ticket';
import { createMemoryCache } from './api/src/adapters/cache-memory.ts';
import { openPglite } from './api/src/adapters/db-pglite.ts';
import { createScryptPasswords } from './api/src/adapters/passwords-scrypt.ts';
import { createLocalRooms } from './api/src/adapters/rooms-local.ts';
import { readSecretsFile } from './api/src/adapters/secrets-file.ts';
import { createLocalSfus, type LocalSfus } from './api/src/adapters/sfus-local.ts';
import { createApp } from './api/src/app.ts';
import { readEnvironment, type Environment } from './api/src/config.ts';
import { hasOwner } from './api/src/instance/owner.ts';
import { createAccessTokens } from './api/src/sessions/access-token.ts';
import { createRefreshTokens } from './api/src/sessions/refresh-token.ts';
import packageJson from './package.json' with { type: 'json' };
import { createNodeHost } from './rooms/src/node/host.ts';
import { createRoomsApi } from './rooms/src/rooms-api.ts';
import { createSfu, type Sfu } from './sfu/src/server.ts';
import { prepareWorker } from './sfu/worker/prepare-worker.ts';
import { buildPage } from './web/node/build.ts';
import { createPage } from './web/node/page.ts';
import { Hono } from 'hono';
import { pino } from 'pino';
import { randomBytes } from 'node:crypto';

// work in progress
const say = (line: string) => console.log(line);
const environment: Environment = readEnvironment(process.env);
const logger = pino({
  level: process.env['LOG_LEVEL'] ?? 'warn',
  serializers: { error: pino.stdSerializers.err },
});
const at =
  (level: 'error' | 'warn' | 'info' | 'debug') =>
  (event: string, facts?: Record<string, unknown>) =>
    logger[level](facts, event);
const log = { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
const roomLog = logger;
const now = () => Date.now();
const secrets = readSecretsFile(environment.dataDir);
const tickets = createTicketKeys(secrets.jwt, now);
const serviceTokens = createServiceTokens(secrets.jwt, now);
const [database, dist] = await Promise.all([
  openPglite({ folder: environment.databaseUrl.replace(/^pglite:/, '') }),
  process.argv.includes('--no-page') ? undefined : buildPage(say),
]);
const site = new Hono();
const host = createNodeHost({
  dataDir: join(environment.dataDir, 'rooms'),
  tickets,
  serviceTokens,
  api: createRoomsApi({
    baseUrl: 'http://api',
    fetch: async (url, init) => app.fetch(new Request(url, init)),
    tokens: serviceTokens,
  }),
  log: roomLog,
  now,
  rateLimitScale: environment.rateLimitScale,
});
const sfus: LocalSfus = createLocalSfus();
const app = createApp({
  database,
  cache: createMemoryCache({ now }),
  files: { ping: async () => {} } as never,
  rooms: createLocalRooms(host.publisher),
  sfus,
  passwords: createScryptPasswords(),
  accessTokens: createAccessTokens(secrets.jwt, now),
  refreshTokens: createRefreshTokens(secrets.refresh),
  tickets,
  serviceTokens,
  ids: createSnowflakes({ node: 0, now }),
  now,
  log,
  client: {
    address: (request, bindings) =>
      (bindings as HttpBindings).incoming?.socket?.remoteAddress ?? '::1',
    origin: (request) => `http://${request.headers.get('host')}`,
  },
  instance: {
    name: environment.instanceName,
    version: packageJson.version,
    registration: environment.registration,
    defaultTheme: environment.defaultTheme,
    defaultMode: environment.defaultMode,
    mail: false,
    limits: { messageLength: MAX_MESSAGE_LENGTH, uploadSize: environment.maxUploadSize },
  },
  rateLimitScale: environment.rateLimitScale,
  ownerCode: secrets.ownerCode,
  background: (work) => {
    void work;
  },
});
site.all('/api/*', (c) => app.fetch(c.req.raw, c.env));
site.get('/health', (c) => app.fetch(c.req.raw, c.env));
if (dist !== undefined) site.route('/', createPage(dist));
const listener = getRequestListener((request, env) => site.fetch(request, env));
let sfu: Sfu | undefined;
const server = createServer((request: IncomingMessage, response: ServerResponse) => {
  if (request.url?.startsWith('/parties/')) void host.handleRequest(request, response);
  else void listener(request, response);
});
server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
  const path = request.url ?? '/';
  if (path.startsWith('/parties/')) host.handleUpgrade(request, stream, head);
  else if (path.startsWith('/sfu') && sfu) sfu.handleUpgrade(request, stream, head);
  else stream.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
});
server.listen(environment.port, () => say(`Harmonium is at http://localhost:${environment.port}`));
if (!(await hasOwner(database.db)))
  say(`owner link http://localhost:${environment.port}/register?owner=${secrets.ownerCode}`);
const worker = await prepareWorker({ log: say });
if (worker.ok) {
  sfu = await createSfu({
    workerBin: worker.bin,
    announcedIp: environment.announcedIp,
    port: environment.sfuPort,
    workers: environment.sfuWorkers ?? Math.min(4, availableParallelism()),
    iceServers: [],
    tickets,
    serviceTokens,
    rooms: host.publisher,
    now,
    log,
  });
  sfus.ready(sfu, []);
  say('voice ready');
} else {
  sfus.refuse(worker.reason);
  say(worker.reason + worker.mend);
}
process.once('SIGTERM', () => {
  void (async () => {
    await sfu?.close();
    await host.close();
    await database.close();
    process.exit(0);
  })();
});
