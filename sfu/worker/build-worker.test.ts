import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { buildWorker, type BuildTools } from './build-worker.ts';
import { runCommand, type CommandOutcome } from './run-command.ts';
import type { WorkerPlaces } from './worker-places.ts';

const RECIPE_DIR = join(import.meta.dirname, 'recipe');
const FINE: CommandOutcome = { code: 0, tail: [], missing: false };

let dir: string;
let places: WorkerPlaces;
let said: string[];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'build-worker-'));
  places = {
    packageDir: join(dir, 'mediasoup'),
    installedBin: join(dir, 'installed'),
    cachedBin: join(dir, 'cache', 'mediasoup-worker'),
    recipeDir: RECIPE_DIR,
  };
  mkdirSync(dirname(places.cachedBin));
  said = [];
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const log = (line: string): unknown => said.push(line);

/** Tools of which `ninja` leaves this script as the worker, or fails with these words. */
function tools(
  ninja: { leaves: string } | { fails: string },
  installed: string[] = [],
): BuildTools {
  return {
    ensurePackages: async () => ({ installed }),
    run: async (command, args) => {
      if (command === 'cmake') return FINE;
      if ('fails' in ninja) return { code: 1, tail: [ninja.fails], missing: false };
      putScript(join(args[1] ?? '', 'mediasoup-worker'), ninja.leaves);
      return FINE;
    },
  };
}

function putScript(path: string, script: string): void {
  writeFileSync(path, script);
  chmodSync(path, 0o755);
}

const cacheHolds = (): string[] => readdirSync(dirname(places.cachedBin));

test('a build leaves the worker in the cache and nothing else', async () => {
  const problem = await buildWorker(places, log, tools({ leaves: '#!/bin/sh\nexit 41\n' }));

  expect(problem).toBeUndefined();
  expect(cacheHolds()).toEqual(['mediasoup-worker']);
});

test('a build that fails tells the last lines of the compiler and leaves nothing', async () => {
  const problem = await buildWorker(places, log, tools({ fails: 'srtp.h:7: error: no such type' }));

  expect(problem).toMatchObject({ mend: 'npx node sfu/worker/main.ts' });
  expect(said).toContain('  srtp.h:7: error: no such type');
  expect(cacheHolds()).toEqual([]);
});

test('a worker that does not run after all is not kept', async () => {
  const problem = await buildWorker(places, log, tools({ leaves: '#!/bin/sh\nexit 1\n' }));

  expect(problem?.reason).toContain('does not run on this machine');
  expect(cacheHolds()).toEqual([]);
});

test('packages that cannot be had are the answer, and nothing is built', async () => {
  const lacking = { reason: 'This machine lacks: cmake.', mend: 'apt-get install cmake' };

  const problem = await buildWorker(places, log, {
    ensurePackages: async () => lacking,
    run: () => expect.unreachable(),
  });

  expect(problem).toEqual(lacking);
});

test('a cached worker that only lacked its libraries is not built again', async () => {
  putScript(places.cachedBin, '#!/bin/sh\nexit 41\n');

  const problem = await buildWorker(places, log, {
    ensurePackages: async () => ({ installed: ['libsrtp2-dev'] }),
    run: () => expect.unreachable(),
  });

  expect(problem).toBeUndefined();
});

test('what a killed build left behind is cleared by the next one', async () => {
  const { pid } = spawnSync('true');
  mkdirSync(join(dir, 'cache', `build-${pid}-abandoned`));

  await buildWorker(places, log, tools({ leaves: '#!/bin/sh\nexit 41\n' }));

  expect(cacheHolds()).toEqual(['mediasoup-worker']);
});

test('a machine without cmake is told so', async () => {
  const problem = await buildWorker(places, log, {
    ensurePackages: async () => ({ installed: [] }),
    run: async () => ({ code: null, tail: [], missing: true }),
  });

  expect(problem?.reason).toContain('cmake is not installed');
});

test('a command that hangs is ended in time', async () => {
  const outcome = await runCommand('sleep', ['30'], { limitMs: 50 });

  expect(outcome).toMatchObject({ code: null, missing: false });
  expect(outcome.tail).toContain('sleep was ended by SIGKILL.');
});

test('a command that is not there is told apart from one that fails', async () => {
  expect(await runCommand('no-such-command', [], { limitMs: 1000 })).toMatchObject({
    missing: true,
  });
  expect(await runCommand('false', [], { limitMs: 1000 })).toMatchObject({
    code: 1,
    missing: false,
  });
});

// CMake is there wherever the worker was built; a machine that fetched it has no use for the recipe.
const hasCmake = spawnSync('cmake', ['--version']).status === 0;

test.skipIf(!hasCmake)('the recipe stops when the line it mends is gone', async () => {
  const source = join(dir, 'worker');
  mkdirSync(join(source, 'src', 'RTC'), { recursive: true });
  writeFileSync(join(source, 'src', 'RTC', 'DtlsTransport.cpp'), 'if (operationType & 0x80)\n');

  const outcome = await runCommand(
    'cmake',
    ['-S', RECIPE_DIR, '-B', join(dir, 'build'), '-G', 'Ninja', `-DWORKER_SOURCE=${source}`],
    { limitMs: 30_000 },
  );

  expect(outcome.code).toBe(1);
  expect(outcome.tail.join(' ')).toMatch(/DtlsTransport\.cpp\s+no\s+longer\s+says/);
  expect(existsSync(join(dir, 'build', 'mended'))).toBe(false);
});
