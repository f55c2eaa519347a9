import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { silentLog } from '../../testing/fake-host.ts';
import { someId } from '../../testing/people.ts';
import { RoomDatabase } from '../database.ts';
import { spreadRooms } from './spread.ts';

/** Moves, and dies without a word behind the step of that number. */
const MOVE_AND_DIE = `
  const [, dataDir, places, last] = process.argv;
  const { spreadRooms } = await import(${JSON.stringify(new URL('spread.ts', import.meta.url).href)});
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  let taken = 0;
  const step = () => (taken += 1) > Number(last) && process.kill(process.pid, 'SIGKILL');
  await spreadRooms({ dataDir, places: Number(places), log, step });
`;
const ROOMS = 30;
const ENTRIES = 200;

async function moveAndDie(dataDir: string, places: number, last: number): Promise<boolean> {
  const args = ['--input-type=module', '-e', MOVE_AND_DIE, '--'];
  const child = spawn(process.execPath, [...args, dataDir, String(places), String(last)], {
    stdio: 'inherit',
  });
  const [code, signal] = await once(child, 'exit');
  if (signal === null && code !== 0) throw new Error(`The move failed with ${code}.`);
  return signal === null;
}

test('kill -9 in the middle of a move, anywhere: it begins again, and nothing is lost or doubled', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'harmonium-move-'));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  const ids = Array.from({ length: ROOMS }, () => someId());
  const first = new RoomDatabase(dataDir);
  for (const id of ids) {
    for (let at = 0; at < ENTRIES; at += 1) first.write(`main/${id}`, `${at}`, JSON.stringify(id));
  }
  first.commit();
  first.close();

  for (const places of [2, 3, 1]) {
    // One step further each time.
    let kills = 0;
    while (!(await moveAndDie(dataDir, places, kills))) kills += 1;
    expect(kills).toBeGreaterThan(2);
    const { folders, close } = await spreadRooms({ dataDir, places, log: silentLog });
    const found: string[] = [];
    for (const folder of folders) {
      const database = new RoomDatabase(folder);
      for (const id of ids) {
        const entries = database.list(`main/${id}`, { prefix: '' });
        if (entries.length > 0) found.push(id);
        expect([0, ENTRIES]).toContain(entries.length);
        expect(entries.every(([, value]) => value === id)).toBe(true);
      }
      database.close();
    }
    expect(found.sort()).toEqual([...ids].sort());
    close();
  }
});
