import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { whileLocked } from './build-lock.ts';

let dir: string;
let file: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'build-lock-'));
  file = join(dir, 'lock');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const work = async (): Promise<string> => 'done';
const neverWaits = (): void => expect.unreachable();

test('the lock is given back, also when the work fails', async () => {
  const failing = whileLocked(file, neverWaits, async () => {
    expect(existsSync(file)).toBe(true);
    throw new Error('no compiler');
  });

  await expect(failing).rejects.toThrow('no compiler');
  expect(existsSync(file)).toBe(false);
});

test('work under one lock never overlaps', async () => {
  let running = 0;
  let most = 0;
  const measured = async (): Promise<void> => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 20));
    running -= 1;
  };

  await Promise.all([1, 2, 3].map(() => whileLocked(file, () => undefined, measured)));

  expect(most).toBe(1);
});

test('a holder that died is not waited for', async () => {
  const { pid } = spawnSync('true');
  writeFileSync(file, `${pid} ${hostname()}`);

  expect(await whileLocked(file, neverWaits, work)).toBe('done');
});

test('a holder on another host is waited for while its heart beats', async () => {
  writeFileSync(file, '1 another-host');
  let waits = 0;
  const waiting = whileLocked(file, () => (waits += 1), work);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(waits).toBe(1);

  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(file, longAgo, longAgo);
  expect(await waiting).toBe('done');
});
