import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Holds a folder for this process alone. SQLite's exclusive lock is the operating system's own: it
 * ends with the process however that ends, so that no stale lock file keeps anyone out.
 * @returns lets go of it
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(dirname(folder), { recursive: true });
  const lock = new DatabaseSync(`${folder}.lock`);
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    throw new Error(`the database in ${folder} is open in another process`, { cause });
  }
  return () => lock.close();
}
