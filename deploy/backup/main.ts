import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openBackends } from '../../api/src/adapters/backends-node.ts';
import { readSecrets } from '../../api/src/adapters/secrets-file.ts';
import { readEnvironment } from '../../api/src/config.ts';
import type { Database } from '../../api/src/db/database.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { backUp, printOf } from './back-up.ts';
import type { Manifest } from './manifest.ts';
import { newestIn, readManifest, restoreFiles, restoreTables } from './restore.ts';

/**
 * `npm run backup [-- <folder>]` and `npm run restore [-- <folder>]`, with the settings that
 * Harmonium itself is started with, while it is stopped.
 */

const { positionals } = parseArgs({ allowPositionals: true });
const [act, given] = positionals;
const environment = readEnvironment(process.env);
const { dataDir, s3 } = environment;
const uploadDir = s3 === undefined ? environment.uploadDir : undefined;
const backups = process.env['BACKUP_DIR'] ?? './backups';
const quiet = { error: console.error, warn: console.warn, info: () => {}, debug: () => {} };

try {
  if (act === 'backup') await backup();
  else if (act === 'restore') await restore();
  else throw new Error('Say "backup" or "restore".');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function backup(): Promise<void> {
  const at = new Date();
  const folder = given ?? join(backups, at.toISOString().replaceAll(':', '-').slice(0, 19));
  const jwtSecret = readSecrets(environment).jwt;
  const manifest = await withDatabase(jwtSecret, (db) => {
    const instance = { db, dataDir, uploadDir, jwtSecret, version: packageJson.version };
    return backUp(instance, folder, at);
  });
  console.log(`${folder} has ${wordsOf(manifest)}.`);
  if (s3 !== undefined)
    console.log(`Files are in the bucket ${s3.bucket}: keep a copy of it, too.`);
}

async function restore(): Promise<void> {
  const folder = given ?? (await newestIn(backups));
  const manifest = await readManifest(folder);
  await restoreFiles(folder, manifest, (path) => {
    if (path.startsWith('uploads/'))
      return uploadDir && join(uploadDir, path.slice('uploads/'.length));
    return join(dataDir, path);
  });
  const jwtSecret = readSecrets(environment).jwt;
  await withDatabase(jwtSecret, (db) => restoreTables(folder, manifest, db));
  console.log(`${folder} is restored, and was compared: ${wordsOf(manifest)}.`);
  if (printOf(jwtSecret) !== manifest.secretPrint) {
    console.warn('JWT_SECRET is another than that of the backup: second factors cannot be opened.');
  }
}

async function withDatabase<T>(secret: string, work: (db: Database) => Promise<T>): Promise<T> {
  const backends = await openBackends(environment, { secret, now: Date.now, log: quiet });
  try {
    return await work(backends.database.db);
  } finally {
    await backends.close();
  }
}

function wordsOf({ tables, files }: Manifest): string {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const size = `${(bytes / 1_048_576).toFixed(1)} MB`;
  return `${rows} rows of ${tables.length} tables, and ${files.length} files (${size})`;
}
