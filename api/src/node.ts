import { createHmac, randomInt } from 'node:crypto';
import { serve } from '@hono/node-server';
import type { HttpBindings } from '@hono/node-server';
import { SNOWFLAKE_NODES, createSnowflakes } from '@harmonium/api/ids';
import { MAX_MESSAGE_LENGTH } from '@harmonium/api/message-length';
import { createServiceTokens } from '@harmonium/api/service-token';
import { createTicketKeys } from '@harmonium/api/ticket';
import { Hono } from 'hono';
import { pino } from 'pino';
import type { Logger } from 'pino';
import apiPackage from '../package.json' with { type: 'json' };
import { openBackends } from './adapters/backends-node.ts';
import { createNodeClient } from './adapters/client-node.ts';
import { createScryptPasswords } from './adapters/passwords-scrypt.ts';
import { createHttpRooms } from './adapters/rooms-http.ts';
import { readSecretsFile } from './adapters/secrets-file.ts';
import { createHttpSfus } from './adapters/sfus-http.ts';
import { createApp } from './app.ts';
import { readEnvironment } from './config.ts';
import type { Environment } from './config.ts';
import { hasOwner } from './instance/owner.ts';
import { SWEEP_INTERVAL_MS, sweep } from './instance/sweep.ts';
import type { Facts, Log } from './log.ts';
import { createAccessTokens } from './sessions/access-token.ts';
import { createRefreshTokens } from './sessions/refresh-token.ts';

/** The api as a process of its own; rooms and sfu are others, reached over HTTP. */

const DEFAULT_PORT = '3001';
const now = () => Date.now();
const logger = pino({
  name: 'api',
  serializers: { error: pino.stdSerializers.err },
});

try {
  await main(readEnvironment({ PORT: DEFAULT_PORT, ...process.env }));
} catch (problem) {
  logger.fatal(problem instanceof Error ? problem.message : String(problem));
  process.exit(1);
}

async function main(environment: Environment): Promise<void> {
  const log = createLog(logger);
  const secrets = secretsOf(environment);
  const backends = await openBackends(environment, { secret: secrets.jwt, now, log });
  const { database, cache, files, handleFiles } = backends;
  const serviceTokens = createServiceTokens(secrets.jwt, now);
  const reach = { serviceTokens, fetch: (url: string, init: RequestInit) => fetch(url, init) };
  const app = createApp({
    database,
    cache,
    files,
    rooms: createHttpRooms({ url: environment.roomsUrl, ...reach }),
    sfus: createHttpSfus({ url: environment.sfuUrl, now, ...reach }),
    passwords: createScryptPasswords(),
    accessTokens: createAccessTokens(secrets.jwt, now),
    refreshTokens: createRefreshTokens(secrets.refresh),
    tickets: createTicketKeys(secrets.jwt, now),
    serviceTokens,
    // Several api processes do not know of each other: a random node of 1024 keeps ids apart.
    ids: createSnowflakes({ node: randomInt(SNOWFLAKE_NODES), now }),
    now,
    log,
    client: createNodeClient(environment),
    instance: {
      name: environment.instanceName,
      version: apiPackage.version,
      registration: environment.registration,
      defaultTheme: environment.defaultTheme,
      defaultMode: environment.defaultMode,
      mail: environment.smtp !== undefined,
      limits: { messageLength: MAX_MESSAGE_LENGTH, uploadSize: environment.maxUploadSize },
    },
    rateLimitScale: environment.rateLimitScale,
    ownerCode: secrets.ownerCode,
    // Announcements never reject, and this process lives on by itself.
    background: (work) => void work,
  });

  const site = new Hono<{ Bindings: HttpBindings }>();
  if (handleFiles !== undefined) site.all('/files/*', (c) => handleFiles(c.req.raw));
  site.all('*', (c) => app.fetch(c.req.raw, c.env));
  const server = serve({ fetch: site.fetch, port: environment.port }, (address) => {
    log.info('api is open', { port: address.port });
  });
  if (!(await hasOwner(database.db))) log.info(ownerLine(environment, secrets.ownerCode));
  const sweeping = setInterval(() => void sweep({ database, now, log }), SWEEP_INTERVAL_MS);

  const stop = () => {
    clearInterval(sweeping);
    // Requests under way are answered first.
    server.close(() => void backends.close().then(() => process.exit(0)));
    if ('closeIdleConnections' in server) server.closeIdleConnections();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

/** The owner code is made from the secret, so that every api process knows the same. */
function secretsOf({ jwtSecret, jwtRefreshSecret, dataDir }: Environment) {
  const kept =
    jwtSecret === undefined || jwtRefreshSecret === undefined
      ? readSecretsFile(dataDir)
      : undefined;
  const jwt = jwtSecret ?? kept?.jwt ?? '';
  const refresh = jwtRefreshSecret ?? kept?.refresh ?? '';
  const ownerCode = createHmac('sha256', jwt).update('owner link').digest('base64url');
  return { jwt, refresh, ownerCode: ownerCode.slice(0, 22) };
}

function ownerLine({ clientUrl, port }: Environment, code: string): string {
  const origin = clientUrl ?? `http://localhost:${port}`;
  return `to own this instance, register once at ${origin}/register?owner=${code}`;
}

function createLog(to: Logger): Log {
  return {
    error: (event, facts: Facts = {}) => to.error(facts, event),
    warn: (event, facts: Facts = {}) => to.warn(facts, event),
    info: (event, facts: Facts = {}) => to.info(facts, event),
    debug: (event, facts: Facts = {}) => to.debug(facts, event),
  };
}
