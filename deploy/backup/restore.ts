import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sql } from 'drizzle-orm';
import type { Database } from '../../api/src/db/database.ts';
import { entryOf } from './files.ts';
import { Manifest, type FileEntry } from './manifest.ts';
import { beginReading, migrationNames, readTable, tableNames, writeTable } from './tables.ts';

export async function readManifest(folder: string): Promise<Manifest> {
  return Manifest.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));
}

/** Where the files of a backup go. @returns undefined: it has no place here */
type PlaceOf = (path: string) => string | undefined;

/**
 * Puts files in their places, which have to be empty, and compares what is then there with what the
 * backup says of it.
 */
export async function restoreFiles(
  folder: string,
  { files }: Manifest,
  placeOf: PlaceOf,
): Promise<void> {
  const moves = files.flatMap((entry) => {
    const place = placeOf(entry.path);
    return place === undefined ? [] : [{ entry, place }];
  });
  for (const { place } of moves) {
    if (existsSync(place))
      throw new Error(`${place} is there already: a restore fills an empty place.`);
  }
  for (const { entry } of moves)
    requireSame(entry, await entryOf(join(folder, entry.path), entry.path));
  for (const { entry, place } of moves) {
    await mkdir(dirname(place), { recursive: true });
    await copyFile(join(folder, entry.path), place);
    requireSame(entry, await entryOf(place, entry.path));
  }
}

/**
 * Fills an empty database, and reads it back: it is as it was, row for row, or nothing was changed.
 */
export async function restoreTables(
  folder: string,
  manifest: Manifest,
  db: Database,
): Promise<void> {
  await db.transaction(async (tx) => {
    await beginReading(tx);
    await requireSameSchema(tx, manifest);
    const names = await tableNames(tx);
    const { rows } = await readTable(tx, 'users');
    if (rows > 0) throw new Error('The database has accounts: a restore fills an empty one.');
    // Rows name each other in circles: the order would not matter only with this.
    await tx.execute(sql`set local session_replication_role to replica`);
    const list = sql.join(
      names.map((name) => sql.identifier(name)),
      sql`, `,
    );
    await tx.execute(sql`truncate ${list}`);
    for (const name of names) {
      await writeTable(tx, name, join(folder, 'database', `${name}.ndjson.gz`));
    }
    for (const table of manifest.tables) {
      const { rows: count, sha256 } = await readTable(tx, table.name);
      if (count === table.rows && sha256 === table.sha256) continue;
      throw new Error(
        `${table.name} has ${count} rows, or others than the ${table.rows} of the backup.`,
      );
    }
  });
}

async function requireSameSchema(tx: Pick<Database, 'execute'>, manifest: Manifest): Promise<void> {
  const here = await migrationNames(tx);
  if (here.join() === manifest.migrations.join()) return;
  const { version } = manifest;
  throw new Error(`The backup is of version ${version}: restore it with that one, then update.`);
}

function requireSame(wanted: FileEntry, found: FileEntry): void {
  if (wanted.sha256 === found.sha256 && wanted.bytes === found.bytes) return;
  throw new Error(
    `${wanted.path} is not what the backup says: ${found.bytes} of ${wanted.bytes} bytes.`,
  );
}

/** The newest of the backups in a folder: their names are their times. */
export async function newestIn(folder: string): Promise<string> {
  const names = existsSync(folder) ? await readdir(folder) : [];
  const newest = names
    .filter((name) => existsSync(join(folder, name, 'manifest.json')))
    .sort()
    .at(-1);
  if (newest === undefined) throw new Error(`There is no backup in ${folder}.`);
  return join(folder, newest);
}
