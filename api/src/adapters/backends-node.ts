import type { OpenCache } from '../cache.ts';
import type { Environment } from '../config.ts';
import type { OpenDatabase } from '../db/database.ts';
import type { Files } from '../files.ts';
import type { Log } from '../log.ts';
import { createMemoryCache } from './cache-memory.ts';
import { openPglite } from './db-pglite.ts';
import { openPostgres } from './db-postgres.ts';
import { createDiskFiles } from './files-disk.ts';

/** The stores behind an api on Node, as the environment chooses them. */
export interface Backends {
  database: OpenDatabase;
  cache: OpenCache;
  files: Files;
  /** Answers `/files/…`; absent where files are not on this machine's disk. */
  handleFiles?: (request: Request) => Promise<Response>;
  close(): Promise<void>;
}

interface BackendOptions {
  /** Signs addresses of files on disk. */
  secret: string;
  now: () => number;
  log: Log;
}

/** Throws when the database does not answer; its migrations have run once this resolves. */
export async function openBackends(
  environment: Environment,
  options: BackendOptions,
): Promise<Backends> {
  const database = await openDatabase(environment, options);
  const cache = await openCache(environment, options);
  return {
    database,
    cache,
    ...(await openFiles(environment, options)),
    async close() {
      await cache.close();
      await database.close();
    },
  };
}

async function openDatabase(environment: Environment, { log }: BackendOptions) {
  const { databaseUrl } = environment;
  if (databaseUrl.startsWith('pglite:')) {
    return openPglite({ folder: databaseUrl.slice('pglite:'.length) });
  }
  const onError = (error: Error) => log.warn('lost a database connection', { error });
  return openPostgres({ url: databaseUrl, onError });
}

// What was not chosen is not loaded either: it would only take memory.
export async function openCache(
  { redisUrl, upstash }: Environment,
  { now, log }: BackendOptions,
): Promise<OpenCache> {
  if (upstash !== undefined) {
    const { createUpstashCache } = await import('./cache-upstash.ts');
    return createUpstashCache(upstash);
  }
  if (redisUrl === undefined) return createMemoryCache({ now });
  const { createRedisCache } = await import('./cache-redis.ts');
  const onError = (error: Error) => log.warn('lost the cache', { error });
  return createRedisCache({ url: redisUrl, onError });
}

export async function openFiles(
  { s3, uploadDir, filesOrigin }: Environment,
  { secret, now }: BackendOptions,
) {
  if (s3 !== undefined) {
    const { createS3Files } = await import('./files-s3.ts');
    return { files: createS3Files(s3) };
  }
  const files = createDiskFiles({ folder: uploadDir, secret, now, origin: filesOrigin });
  return { files, handleFiles: (request: Request) => files.handle(request) };
}
