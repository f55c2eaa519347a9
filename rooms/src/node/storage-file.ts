import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * 1: entries and alarms. Files from before versions were counted say 0 and are the same.
 * A higher one needs a step in `bringUp`.
 */
const STORAGE_VERSION = 1;

const TABLES = (schema: string) => `
  CREATE TABLE IF NOT EXISTS ${schema}.entries (
    room TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (room, key)
  ) WITHOUT ROWID, STRICT;
  CREATE TABLE IF NOT EXISTS ${schema}.alarms (
    room TEXT PRIMARY KEY, at INTEGER NOT NULL
  ) WITHOUT ROWID, STRICT;
`;

/** Thrown when another process holds the file. */
export class FolderTaken extends Error {
  override readonly name = 'FolderTaken';

  constructor(path: string, cause?: unknown) {
    super(`${path} is in use by another process.`, { cause });
  }
}

/** How the rooms of a folder are spread; all in its own file when `places` is 1. */
export interface Spread {
  places: number;
  /** Counts how often it changed, and names the folder of the files. */
  generation: number;
}

export function storageFile(folder: string): string {
  return join(folder, 'rooms.sqlite');
}

/**
 * Opens the file with an exclusive lock that the kernel holds for the process: a second one is
 * refused as long as the first lives, and not a moment longer, however it ended.
 */
export function openStorage(path: string): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: 0 });
  try {
    // Without the lock first, the journal could be changed under the feet of its owner.
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT');
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -2000');
    bringUp(db, 'main', path);
    return db;
  } catch (error) {
    db.close();
    throw isBusy(error) ? new FolderTaken(path, error) : error;
  }
}

/** Brings a file, attached under `schema`, to this version; throws when it is of a newer one. */
export function bringUp(db: DatabaseSync, schema: string, path: string): void {
  const version = Number(db.prepare(`PRAGMA ${schema}.user_version`).get()?.['user_version']);
  if (version > STORAGE_VERSION) {
    const words = `was written by a newer Harmonium (storage version ${version}`;
    throw new Error(`${path} ${words}; this one knows ${STORAGE_VERSION}). Nothing was changed.`);
  }
  if (version === STORAGE_VERSION) return;
  // Together, so that the number is true at whatever point it is cut.
  db.exec(`BEGIN; ${TABLES(schema)} PRAGMA ${schema}.user_version = ${STORAGE_VERSION}; COMMIT`);
}

export function readSpread(db: DatabaseSync): Spread {
  const named = db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'spread'");
  if (named.get() === undefined) return { places: 1, generation: 0 };
  const row = db.prepare('SELECT places, generation FROM spread').get();
  return { places: Number(row?.['places'] ?? 1), generation: Number(row?.['generation'] ?? 0) };
}

/** Within the transaction that makes it true. */
export function writeSpread(db: DatabaseSync, { places, generation }: Spread): void {
  db.exec(`
    CREATE TABLE IF NOT EXISTS spread (places INTEGER NOT NULL, generation INTEGER NOT NULL) STRICT;
    DELETE FROM spread;
    INSERT INTO spread VALUES (${places}, ${generation});
  `);
}

/** SQLITE_BUSY, https://sqlite.org/rescode.html#busy */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5;
}
