import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from '../fault.ts';

const DISK_SIZE = '96m';
const BLOCK = Buffer.alloc(64 * 1024);

/** A small disk of its own for the rooms' storage, filled by somebody else. */
export const diskFull: Fault = {
  name: 'disk-full',
  what: 'disk of the rooms full, twice',
  seconds: 40,
  shortSeconds: 4,
  hindrance: () => (process.getuid?.() === 0 ? undefined : 'only root can mount a small disk'),
  async prepare({ roomsFolder }) {
    mkdirSync(roomsFolder, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_SIZE}`, 'rooms', roomsFolder]);
  },
  async inject({ place, seconds, wait }) {
    const ballast = join(place.roomsFolder, 'ballast');
    for (let round = 0; round < 2; round += 1) {
      await wait(seconds / 6);
      fill(ballast);
      await wait(seconds / 6);
      rmSync(ballast);
    }
  },
  async tidy({ roomsFolder }) {
    execFileSync('umount', [roomsFolder]);
  },
};

/** To the last byte. */
function fill(path: string): void {
  try {
    for (;;) appendFileSync(path, BLOCK);
  } catch (problem) {
    if (!(problem instanceof Error && 'code' in problem && problem.code === 'ENOSPC'))
      throw problem;
  }
}
