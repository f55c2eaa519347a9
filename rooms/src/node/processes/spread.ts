import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Log } from '../../host.ts';
import { FolderTaken, openStorage, readSpread, storageFile } from '../storage-file.ts';
import type { Spread } from '../storage-file.ts';

export interface SpreadOptions {
  dataDir: string;
  /** How many processes shall share the rooms from now on. */
  places: number;
  log: Log;
  /** Told of each step of a move once it is taken; tests end the process there. */
  step?: (name: string) => void;
}

/** The folder of the rooms, and where in it each process has its own. */
export interface SpreadFolder {
  /** One a place. */
  folders: string[];
  /** Gives the folder up. */
  close(): void;
}

/** Processes whose parent was killed finish what they do, in milliseconds. */
const ORPHANS_END_WITHIN_MS = 8_000;
const POLL_MS = 25;
const GENERATION = /^generation-(\d+)$/;

/**
 * Puts the rooms of a folder where `places` processes will look for them, and keeps the folder: its
 * own file is the fence, whether rooms are in it (one process) or it only says how they are spread.
 * Throws FolderTaken while another Harmonium is at work there.
 */
export async function spreadRooms(options: SpreadOptions): Promise<SpreadFolder> {
  const { dataDir, places } = options;
  mkdirSync(dataDir, { recursive: true });
  const root = openStorage(storageFile(dataDir));
  try {
    let spread = readSpread(root);
    // What a move left that was cut off, or what it had no time to remove.
    removeOtherGenerations(dataDir, spread);
    if (spread.places !== places) {
      spread = await move(root, spread, options);
      removeOtherGenerations(dataDir, spread);
    }
    // One process opens the file itself, and has no parent.
    if (places === 1) root.close();
    return { folders: foldersOf(dataDir, spread), close: () => root.isOpen && root.close() };
  } catch (error) {
    root.close();
    throw error;
  }
}

async function move(root: DatabaseSync, from: Spread, options: SpreadOptions): Promise<Spread> {
  const { dataDir, places, log, step = () => {} } = options;
  const to = { places, generation: from.generation + 1 };
  const started = performance.now();
  log.info({ from: from.places, to: places }, 'rooms move to other processes');
  const sources = from.places === 1 ? undefined : foldersOf(dataDir, from);
  for (const file of (sources ?? []).map(storageFile)) {
    // A process of a parent that was killed may still write there.
    if (existsSync(file)) await patiently(() => openStorage(file).close());
  }
  // Few starts move anything.
  const { moveRooms } = await import('./move.ts');
  const rooms = moveRooms({ root, sources, targets: generationFolders(dataDir, to), to, step });
  log.info({ rooms, ms: Math.round(performance.now() - started) }, 'rooms have moved');
  return to;
}

function foldersOf(dataDir: string, spread: Spread): string[] {
  return spread.places === 1 ? [dataDir] : generationFolders(dataDir, spread);
}

function generationFolders(dataDir: string, { places, generation }: Spread): string[] {
  const folder = join(dataDir, `generation-${generation}`);
  return Array.from({ length: places }, (_, place) => join(folder, String(place)));
}

function removeOtherGenerations(dataDir: string, { places, generation }: Spread): void {
  for (const name of readdirSync(dataDir)) {
    const found = GENERATION.exec(name)?.[1];
    if (found === undefined || (places > 1 && Number(found) === generation)) continue;
    rmSync(join(dataDir, name), { recursive: true, force: true });
  }
}

/** Repeats while the folder is taken by somebody who may be about to end. */
export async function patiently<T>(open: () => T): Promise<T> {
  const deadline = performance.now() + ORPHANS_END_WITHIN_MS;
  for (;;) {
    try {
      return open();
    } catch (error) {
      if (!(error instanceof FolderTaken) || performance.now() > deadline) throw error;
    }
    await new Promise((resolve) => {
      setTimeout(resolve, POLL_MS);
    });
  }
}
