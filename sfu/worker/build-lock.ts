import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

import { onInterrupt } from './on-interrupt.ts';

const LOOK_EVERY_MS = 250;
const BEAT_EVERY_MS = 2_000;
const STALE_AFTER_MS = 30_000;

/**
 * Runs `work` while no other process runs work under the same lock file; waits for its turn.
 *
 * A holder that died is found out by its process id, on another host or in another container by
 * its heartbeat. Two that find it out in the same instant may both go on: the lock saves the time
 * of a second build, and does not guard anything that two builds could break.
 */
export async function whileLocked<T>(
  file: string,
  onWait: () => void,
  work: () => Promise<T>,
): Promise<T> {
  await take(file, onWait);
  const heartbeat = setInterval(() => beat(file), BEAT_EVERY_MS).unref();
  const release = (): void => rmSync(file, { force: true });
  const forgetInterrupt = onInterrupt(release);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    forgetInterrupt();
    release();
  }
}

async function take(file: string, onWait: () => void): Promise<void> {
  let waited = false;
  while (!create(file)) {
    if (isAbandoned(file)) {
      rmSync(file, { force: true });
      continue;
    }
    if (!waited) onWait();
    waited = true;
    await sleep(LOOK_EVERY_MS);
  }
}

function create(file: string): boolean {
  try {
    writeFileSync(file, `${process.pid} ${hostname()}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function beat(file: string): void {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // Somebody took it for abandoned; the work goes on all the same.
  }
}

function isAbandoned(file: string): boolean {
  try {
    const [pid, host] = readFileSync(file, 'utf8').split(' ');
    if (host === hostname() && !isAlive(Number(pid))) return true;
    return Date.now() - statSync(file).mtimeMs > STALE_AFTER_MS;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Whether a process of this machine has this id. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
