import { closeSync, existsSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { placeOf } from '../../../contract/placement.ts';
import { parseRoomUrl } from '../room-url.ts';
import { bringUp, storageFile, writeSpread, type Spread } from '../storage-file.ts';

interface Move {
  /** The folder's own file, held exclusively. */
  root: DatabaseSync;
  /** Folders in which rooms are now; undefined: in the folder's own file. */
  sources: string[] | undefined;
  /** One a place; whatever is there is not of value. */
  targets: string[];
  to: Spread;
  step: (name: string) => void;
}

/**
 * Builds the files of the new places beside the old ones, makes them durable, and then, in one
 * transaction of the folder's own file, says that they count. Ended anywhere before, nothing has
 * happened; ended after, everything has. @returns how many rooms there are
 */
export function moveRooms({ root, sources, targets, to, step }: Move): number {
  const { places } = to;
  root.function('place_of', { deterministic: true }, (room) => placeOfKey(String(room), places));
  root.exec(
    'CREATE TEMP TABLE placed (room TEXT PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID',
  );
  let rooms = 0;
  for (const folder of targets) mkdirSync(folder, { recursive: true });
  if (sources === undefined) {
    rooms += copyRooms(root, 'main', targets, step);
  } else {
    for (const file of sources.map(storageFile)) {
      // A process that never came to open its file has no rooms.
      if (!existsSync(file)) continue;
      root.prepare('ATTACH ? AS source').run(file);
      bringUp(root, 'source', file);
      rooms += copyRooms(root, 'source', targets, step);
      root.exec('DETACH source');
    }
  }
  root.exec('DROP TABLE placed');
  makeDurable(targets);
  step('built');
  if (places === 1) pullIn(root, targets, to);
  else pointTo(root, to);
  step('swapped');
  return rooms;
}

/** Copies what is in `source` to the files in which its rooms will live. @returns how many rooms */
function copyRooms(
  root: DatabaseSync,
  source: 'main' | 'source',
  targets: string[],
  step: (name: string) => void,
): number {
  root.exec(`
    DELETE FROM placed;
    INSERT INTO placed SELECT room, place_of(room)
      FROM (SELECT room FROM ${source}.entries UNION SELECT room FROM ${source}.alarms);
  `);
  for (const [place, folder] of targets.entries()) {
    const file = storageFile(folder);
    root.prepare('ATTACH ? AS target').run(file);
    // Nobody counts on the file yet: it is made durable once, when it is whole.
    root.exec('PRAGMA target.journal_mode = OFF; PRAGMA target.synchronous = OFF');
    bringUp(root, 'target', file);
    for (const [table, rest] of [
      ['entries', 'key, value'],
      ['alarms', 'at'],
    ]) {
      root
        .prepare(`INSERT INTO target.${table} SELECT room, ${rest}
          FROM placed JOIN ${source}.${table} USING (room) WHERE place = ? ORDER BY 1, 2`)
        .run(place);
    }
    root.exec('DETACH target');
    step(`copied to ${place}`);
  }
  return Number(root.prepare('SELECT count(*) AS count FROM placed').get()?.['count']);
}

/** The rooms are in files of their own from now on. */
function pointTo(root: DatabaseSync, to: Spread): void {
  root.exec('BEGIN');
  writeSpread(root, to);
  root.exec('DELETE FROM entries; DELETE FROM alarms; COMMIT');
  // What was there is in the free list of the file.
  root.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
}

/** The rooms are in the folder's own file again. */
function pullIn(root: DatabaseSync, [target = '']: string[], to: Spread): void {
  root.prepare('ATTACH ? AS target').run(storageFile(target));
  root.exec('BEGIN');
  writeSpread(root, to);
  root.exec(`
    DELETE FROM entries; DELETE FROM alarms;
    INSERT INTO entries SELECT * FROM target.entries;
    INSERT INTO alarms SELECT * FROM target.alarms;
    COMMIT;
    DETACH target;
  `);
  root.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}

/** Files, and the folders that name them: both have to be on the disk before anything points there. */
function makeDurable(targets: string[]): void {
  const [first = ''] = targets;
  const parents = [dirname(first), dirname(dirname(first))];
  for (const path of [...targets.map(storageFile), ...targets, ...parents]) {
    const file = openSync(path, 'r');
    fsyncSync(file);
    closeSync(file);
  }
}

function placeOfKey(key: string, places: number): number {
  const room = parseRoomUrl(`/parties/${key}`);
  if (room === undefined) throw new Error(`There is no room ${key}.`);
  return placeOf(room.party, room.roomId, places);
}
