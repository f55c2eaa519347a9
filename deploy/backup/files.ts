import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { FileEntry } from './manifest.ts';

/** Every file below a folder, as paths from there; none where there is no folder. */
async function filesIn(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => relative(folder, join(entry.parentPath, entry.name))).toSorted();
}

/** @param name under which the copies are told */
export async function copyFolder(from: string, to: string, name: string): Promise<FileEntry[]> {
  const entries: FileEntry[] = [];
  for (const path of await filesIn(from)) {
    await mkdir(dirname(join(to, path)), { recursive: true });
    await copyFile(join(from, path), join(to, path));
    entries.push(await entryOf(join(to, path), join(name, path)));
  }
  return entries;
}

/**
 * Copies the rooms' storage by SQLite itself, whole and without a journal.
 * @throws when a Harmonium runs on it
 */
export async function copyRooms(from: string, to: string, name: string): Promise<FileEntry[]> {
  const entries: FileEntry[] = [];
  for (const path of await filesIn(from)) {
    if (!path.endsWith('.sqlite')) continue;
    await mkdir(dirname(join(to, path)), { recursive: true });
    const database = new DatabaseSync(join(from, path), { timeout: 0 });
    try {
      database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT');
      database.prepare('VACUUM INTO ?').run(join(to, path));
    } catch (cause) {
      throw new Error(`${join(from, path)} is in use: stop Harmonium first.`, { cause });
    } finally {
      database.close();
    }
    entries.push(await entryOf(join(to, path), join(name, path)));
  }
  return entries;
}

export async function entryOf(file: string, path: string): Promise<FileEntry> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return { path, bytes: (await stat(file)).size, sha256: hash.digest('hex') };
}
