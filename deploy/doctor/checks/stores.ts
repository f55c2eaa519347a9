import { openCache, openFiles } from '../../../api/src/adapters/backends-node.ts';
import { lookAtPostgres } from '../../../api/src/adapters/look-postgres.ts';
import { bad, ok, warn, wordsOf, type Check } from '../finding.ts';

/** Further apart, and what one machine says is not valid yet on the other. */
const MAX_SKEW_MS = 2_000;

const nothing = () => {};
const QUIET = {
  secret: '',
  now: Date.now,
  log: { error: nothing, warn: nothing, info: nothing, debug: nothing },
};

export const database: Check = async ({ environment: { databaseUrl } }) => {
  if (databaseUrl.startsWith('pglite:')) {
    return [ok('database', `embedded, in ${databaseUrl.slice('pglite:'.length)}`)];
  }
  try {
    const { version, now, missing } = await lookAtPostgres(databaseUrl);
    const skew = Math.abs(now - Date.now());
    const findings = [
      ok(
        'database',
        `PostgreSQL ${version}${missing > 0 ? `, ${missing} migrations to come` : ''}`,
      ),
    ];
    if (skew > MAX_SKEW_MS) {
      const says = `The database's clock is ${(skew / 1000).toFixed(1)} s away from this one.`;
      findings.push(warn('clock', says, 'Keep both by NTP.'));
    }
    return findings;
  } catch (error) {
    return [bad('database', wordsOf(error), 'Check DATABASE_URL, and that PostgreSQL runs there.')];
  }
};

export const cache: Check = async ({ environment }) => {
  const { redisUrl, upstash } = environment;
  if (redisUrl === undefined && upstash === undefined) return [ok('cache', 'in memory')];
  try {
    const opened = await openCache(environment, QUIET);
    try {
      await opened.ping();
    } finally {
      await opened.close();
    }
    return [ok('cache', upstash === undefined ? 'Redis answers' : 'Upstash answers')];
  } catch (error) {
    return [warn('cache', wordsOf(error), 'Check REDIS_URL. Without it limits count per process.')];
  }
};

export const files: Check = async ({ environment }) => {
  const { s3 } = environment;
  if (s3 === undefined) return []; // The folder is looked at by itself.
  try {
    const { files: bucket } = await openFiles(environment, QUIET);
    await bucket.ping();
    return [ok('files', `the bucket ${s3.bucket} answers`)];
  } catch (error) {
    return [
      bad(
        'files',
        wordsOf(error),
        'Check S3_ENDPOINT, S3_BUCKET and its keys, and that it is there.',
      ),
    ];
  }
};
