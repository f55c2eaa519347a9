import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { placeOf } from '../../../contract/placement.ts';
import { silentLog } from '../../testing/fake-host.ts';
import { someId } from '../../testing/people.ts';
import { RoomDatabase } from '../database.ts';
import { FolderTaken, storageFile } from '../storage-file.ts';
import { spreadRooms } from './spread.ts';

const PARTIES = ['main', 'server', 'user'] as const;
const ROOMS = Array.from({ length: 40 }, (_, at) => ({
  party: PARTIES[at % 3] ?? 'main',
  id: someId(),
}));
const ENTRIES = 25;

describe('the rooms of a folder', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'harmonium-spread-'));
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  const spread = (places: number, step?: (name: string) => void) =>
    spreadRooms({ dataDir, places, log: silentLog, ...(step === undefined ? {} : { step }) });

  /** Opens each file in turn, as its process would. */
  function inEach(folders: string[], work: (database: RoomDatabase, place: number) => void): void {
    for (const [place, folder] of folders.entries()) {
      const database = new RoomDatabase(folder);
      work(database, place);
      database.commit();
      database.close();
    }
  }

  async function fill(places: number): Promise<void> {
    const { folders, close } = await spread(places);
    inEach(folders, (database, place) => {
      for (const { party, id } of ROOMS) {
        if (placeOf(party, id, places) !== place) continue;
        for (let at = 0; at < ENTRIES; at += 1) {
          database.write(`${party}/${id}`, `log:${at}`, JSON.stringify({ at, id }));
        }
        database.setAlarm(`${party}/${id}`, 1_000 + place);
      }
    });
    close();
  }

  /** Every room is where it is looked for, whole, and nowhere else. */
  async function expectAll(places: number): Promise<void> {
    const { folders, close } = await spread(places);
    let alarms = 0;
    inEach(folders, (database, place) => {
      for (const { party, id } of ROOMS) {
        const entries = database.list(`${party}/${id}`, { prefix: 'log:' });
        const isHere = placeOf(party, id, places) === place;
        expect(entries).toHaveLength(isHere ? ENTRIES : 0);
        expect(entries.every(([, value]) => (value as { id: string }).id === id)).toBe(true);
      }
      alarms += database.alarms().length;
    });
    expect(alarms).toBe(ROOMS.length);
    close();
  }

  test('move from one process to two, three, seven and back to one, whole', async () => {
    await fill(1);
    for (const places of [2, 3, 7, 2, 1, 5, 1]) await expectAll(places);
    // Nothing of the ways is left.
    expect(await readdir(dataDir)).toEqual(['rooms.sqlite']);
  }, 30_000);

  test('of one process lie in the one file, untouched by where they might have been', async () => {
    new RoomDatabase(dataDir).close();
    const { folders } = await spread(1);
    expect(folders).toEqual([dataDir]);
  });

  test('a move that is cut off anywhere begins again, without loss or doubles', async () => {
    for (const [from, to] of [
      [1, 2],
      [2, 3],
      [3, 1],
    ] as const) {
      await rm(dataDir, { recursive: true });
      await fill(from);
      const steps: string[] = [];
      // Cut behind the first step, then behind the second, until it comes through.
      for (let uncut = false; !uncut;) {
        const taken: string[] = [];
        const cut = spread(to, (name) => {
          taken.push(name);
          if (taken.length > steps.length) throw new Error(`cut behind ${name}`);
        });
        uncut = await cut.then(
          ({ close }) => (close(), true),
          () => false,
        );
        if (!uncut) steps.push(taken.at(-1) ?? '');
      }
      expect(steps).toContain('built');
      expect(steps.at(-1)).toBe('swapped');
      await expectAll(to);
    }
  }, 30_000);

  test('have one parent at a time', async () => {
    const first = await spread(2);
    await expect(spread(2)).rejects.toThrow(FolderTaken);
    await expect(spread(1)).rejects.toThrow(FolderTaken);
    expect(() => new RoomDatabase(dataDir)).toThrow(FolderTaken);
    first.close();
    (await spread(2)).close();
  });

  test('are not moved while a process that was left behind still writes', async () => {
    const { folders, close } = await spread(2);
    const orphan = new RoomDatabase(folders[1] ?? '');
    close();
    const moving = spread(3);
    orphan.write('main/1', 'log:0', '"late"');
    orphan.commit();
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
    orphan.close();
    const moved = await moving;
    const database = new RoomDatabase(moved.folders[placeOf('main', '1', 3)] ?? '');
    expect(database.get('main/1', 'log:0')).toBe('late');
    database.close();
    moved.close();
  });

  test('spread over processes are refused to a host that looks for them in one file', async () => {
    (await spread(2)).close();
    expect(() => new RoomDatabase(dataDir)).toThrow('spread over 2 processes');
  });

  test('written by a newer version are refused in words, and left as they are', async () => {
    await fill(1);
    const file = new DatabaseSync(storageFile(dataDir));
    file.exec('PRAGMA user_version = 7');
    file.close();
    expect(() => new RoomDatabase(dataDir)).toThrow(/newer Harmonium \(storage version 7/);
    await expect(spread(2)).rejects.toThrow('newer Harmonium');
  });

  test('written before versions were counted are taken as they are', async () => {
    await fill(1);
    const file = new DatabaseSync(storageFile(dataDir));
    file.exec('PRAGMA user_version = 0');
    file.close();
    await expectAll(1);
  });
});
