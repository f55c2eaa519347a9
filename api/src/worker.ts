import { createSnowflakes, SNOWFLAKE_NODES, type SnowflakeSource } from '@harmonium/api/ids';
import { createServiceTokens, type ServiceTokens } from '@harmonium/api/service-token';
import { createTicketKeys } from '@harmonium/api/ticket';
import apiPackage from '../package.json' with { type: 'json' };
import { createUpstashCache } from './adapters/cache-upstash.ts';
import { createEdgeClient } from './adapters/client-edge.ts';
import { createCurrentRequest } from './adapters/current-request.ts';
import { openNeon } from './adapters/db-neon.ts';
import { createS3Files } from './adapters/files-s3.ts';
import { createEdgeImages } from './adapters/images-edge.ts';
import { createConsoleLog } from './adapters/log-console.ts';
import { createConsoleMail } from './adapters/mail-console.ts';
import { ownerCodeOf } from './adapters/owner-code.ts';
import { createScryptPasswords } from './adapters/passwords-scrypt.ts';
import { createHttpRooms } from './adapters/rooms-http.ts';
import { createHttpSfus } from './adapters/sfus-http.ts';
import { answererOf } from './adapters/site-edge.ts';
import { createApp } from './app.ts';
import { type Environment, readEnvironment } from './config.ts';
import { migrate } from './db/migrate.ts';
import type { CurrentRequest } from './current-request.ts';
import type { Deps } from './deps.ts';
import { instanceFacts } from './instance/facts.ts';
import { hasOwner } from './instance/owner.ts';
import { sweep } from './instance/sweep.ts';
import { noMeter } from './meter.ts';
import { createAccessTokens } from './sessions/access-token.ts';
import { createRefreshTokens } from './sessions/refresh-token.ts';
import type { Sfus } from './sfus.ts';
import { createVault } from './vault.ts';

type Variables = Record<string, string | undefined>;

/** Another Worker, or the built page, as wrangler.toml binds it to this one. */
interface Binding {
  fetch(request: Request): Promise<Response>;
}

/** What wrangler.toml gives beside text. */
interface Bindings {
  ASSETS: Binding;
  /** The rooms' own Worker; not asked where `ROOMS_URL` is set. */
  ROOMS?: Binding;
}
type Env = Variables & Bindings;

/** What Cloudflare gives along with a request. */
interface Execution {
  /** Keeps the Worker alive until the work is done. */
  waitUntil(work: Promise<unknown>): void;
}

/**
 * What an isolate may keep from one request to the next: no connection, for Cloudflare ties those to
 * the request that opened them. Made at the first request, as there is no randomness before.
 */
interface Isolate {
  environment: Environment & { jwtSecret: string; jwtRefreshSecret: string };
  serviceTokens: ServiceTokens;
  ids: SnowflakeSource;
  currentRequest: CurrentRequest;
  /** Remembers for a while whether the voice server answers. */
  sfus: Sfus;
  isMigrated: boolean;
}
let isolate: Isolate | undefined;

function startIsolate(variables: Variables): Isolate {
  const environment = readEnvironment({ NODE_ENV: 'production', ...variables });
  const { sfuUrl, upstash, jwtSecret, jwtRefreshSecret } = environment;
  if (jwtSecret === undefined) throw new Error('JWT_SECRET is missing.');
  if (jwtRefreshSecret === undefined) throw new Error('JWT_REFRESH_SECRET is missing.');
  if (upstash === undefined) throw new Error('UPSTASH_REDIS_REST_URL is missing.');
  const cache = createUpstashCache(upstash);
  const serviceTokens = createServiceTokens(jwtSecret, now);
  const currentRequest = createCurrentRequest();
  // Isolates do not know of each other; a random node of 1024 keeps their ids apart.
  const [random = 0] = crypto.getRandomValues(new Uint16Array(1));
  return {
    environment: { ...environment, jwtSecret, jwtRefreshSecret },
    serviceTokens,
    ids: createSnowflakes({ node: random % SNOWFLAKE_NODES, now }),
    currentRequest,
    sfus: createHttpSfus({
      url: sfuUrl,
      publicUrl: sfuUrl,
      cache,
      serviceTokens,
      requestId: () => currentRequest.id(),
      fetch: reach,
      now,
    }),
    isMigrated: false,
  };
}

const now = () => Date.now();
const reach = (url: string, init: RequestInit) => fetch(url, init);

/** The product on Cloudflare Workers, but for voice: the api, the way to rooms, and the page. */
export default {
  async fetch(request: Request, env: Env, execution: Execution): Promise<Response> {
    const answerer = answererOf(request);
    if (answerer === 'nobody') return new Response(null, { status: 404 });
    if (answerer === 'page') return env.ASSETS.fetch(new Request(new URL('/', request.url)));
    isolate ??= startIsolate(env);
    if (answerer === 'rooms') return enterRoom(request, env, isolate.environment.roomsUrl);
    return withDeps(isolate, env, execution, async (deps) => createApp(deps).fetch(request));
  },

  /** By the clock of `[triggers]`: what a process does every hour. */
  async scheduled(_: unknown, env: Env, execution: Execution): Promise<void> {
    isolate ??= startIsolate(env);
    const run = (deps: Deps) => deps.currentRequest.run(crypto.randomUUID(), () => sweep(deps));
    await withDeps(isolate, env, execution, run);
  },
};

/** Does work that needs the database, which is let go when all that goes on behind it is done. */
async function withDeps<T>(
  kept: Isolate,
  env: Env,
  execution: Execution,
  work: (deps: Deps) => Promise<T>,
): Promise<T> {
  const background = new Set<Promise<void>>();
  const deps = wire(kept, env, (promise) => {
    background.add(promise);
  });
  try {
    if (!kept.isMigrated) {
      await migrate(deps.database.db);
      kept.isMigrated = true;
      await tellOwnerLink(kept, deps);
    }
    return await work(deps);
  } finally {
    execution.waitUntil(close(deps, background));
  }
}

/** What goes on behind an answer may still need the database. */
async function close(deps: Deps, background: Set<Promise<void>>): Promise<void> {
  await Promise.allSettled(background);
  await deps.database.close();
}

/** Into the log, where only whoever runs the instance reads it; until somebody owns it. */
async function tellOwnerLink({ environment }: Isolate, deps: Deps): Promise<void> {
  if (await hasOwner(deps.database.db)) return;
  const link = `${environment.clientUrl ?? ''}/register?owner=${deps.ownerCode}`;
  deps.log.info(`to own this instance, register once at ${link}`);
}

/** The socket is the room's from here on; the Worker has no part in what is said. */
function enterRoom(request: Request, env: Env, roomsUrl: string): Promise<Response> {
  const rooms = boundRooms(env);
  if (rooms !== undefined) return rooms.fetch(request);
  const { pathname, search } = new URL(request.url);
  return fetch(new Request(roomsUrl + pathname + search, request));
}

function wire(kept: Isolate, env: Env, background: Deps['background']): Deps {
  const { environment, serviceTokens, ids, currentRequest, sfus } = kept;
  const { jwtSecret, jwtRefreshSecret, upstash, s3, databaseUrl, roomsUrl } = environment;
  if (upstash === undefined) throw new Error('UPSTASH_REDIS_REST_URL is missing.');
  if (s3 === undefined) throw new Error('S3_ENDPOINT is missing.');
  const requestId = () => currentRequest.id();
  return {
    database: openNeon({ url: databaseUrl, wsProxy: env['NEON_WS_PROXY'] }),
    cache: createUpstashCache(upstash),
    files: createS3Files(s3),
    images: createEdgeImages(),
    // Browsers reach them by this Worker, at the origin they came by.
    rooms: createHttpRooms({ url: roomsUrl, serviceTokens, requestId, fetch: reachRooms(env) }),
    sfus,
    // There is no TCP to a mail server from here: links are read in the log (`wrangler tail`).
    mail: createConsoleMail(),
    passwords: createScryptPasswords(),
    vault: createVault(jwtSecret),
    accessTokens: createAccessTokens(jwtSecret, now),
    refreshTokens: createRefreshTokens(jwtRefreshSecret),
    tickets: createTicketKeys(jwtSecret, now),
    serviceTokens,
    ids,
    now,
    log: createConsoleLog(requestId),
    currentRequest,
    meter: noMeter,
    client: createEdgeClient(environment.clientUrl),
    instance: { ...instanceFacts(environment, apiPackage.version), mail: false },
    uploadQuota: environment.uploadQuota,
    rateLimitScale: environment.rateLimitScale,
    ownerCode: ownerCodeOf(jwtSecret),
    background,
  };
}

function reachRooms(env: Env): typeof reach {
  const rooms = boundRooms(env);
  return rooms === undefined ? reach : (url, init) => rooms.fetch(new Request(url, init));
}

function boundRooms(env: Env): Binding | undefined {
  return env['ROOMS_URL'] === undefined ? env.ROOMS : undefined;
}
