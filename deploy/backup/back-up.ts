import { createHmac } from 'node:crypto';
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../../api/src/db/database.ts';
import { copyFolder, copyRooms, entryOf } from './files.ts';
import type { Manifest } from './manifest.ts';
import { beginReading, migrationNames, readTable, tableNames } from './tables.ts';

export interface Instance {
  db: Database;
  dataDir: string;
  /** Absent: files are in a bucket, which is somebody else's to keep. */
  uploadDir?: string;
  jwtSecret: string;
  version: string;
}

/**
 * Writes a folder that a restore needs nothing beside: tables, rooms, files, and the secrets where
 * they are in the data folder. It is there whole or not at all. Harmonium has to be stopped.
 */
export async function backUp(instance: Instance, folder: string, now: Date): Promise<Manifest> {
  if (existsSync(folder)) throw new Error(`${folder} is there already.`);
  const unfinished = `${folder}.partial`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(join(unfinished, 'database'), { recursive: true, mode: 0o700 });
  try {
    const manifest = await fill(unfinished, instance, now);
    await rename(unfinished, folder);
    return manifest;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

async function fill(folder: string, instance: Instance, now: Date): Promise<Manifest> {
  const { db, dataDir, uploadDir, version } = instance;
  const files = await copyRooms(join(dataDir, 'rooms'), join(folder, 'rooms'), 'rooms');
  const database = await db.transaction(async (tx) => {
    await beginReading(tx);
    const tables = [];
    for (const name of await tableNames(tx)) {
      tables.push(await readTable(tx, name, join(folder, 'database', `${name}.ndjson.gz`)));
    }
    return { tables, migrations: await migrationNames(tx) };
  });
  if (uploadDir !== undefined) {
    files.push(...(await copyFolder(uploadDir, join(folder, 'uploads'), 'uploads')));
  }
  const secrets = join(dataDir, 'secrets.json');
  if (existsSync(secrets)) {
    await copyFile(secrets, join(folder, 'secrets.json'));
    files.push(await entryOf(secrets, 'secrets.json'));
  }
  const secretPrint = printOf(instance.jwtSecret);
  const manifest = { version, at: now.toISOString(), secretPrint, ...database, files };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest, undefined, 2));
  return manifest;
}

export function printOf(secret: string): string {
  return createHmac('sha256', secret).update('backup').digest('hex').slice(0, 16);
}
