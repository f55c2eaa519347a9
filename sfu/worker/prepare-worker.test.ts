import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { prepareWorker, type WorkerPieces } from './prepare-worker.ts';
import { findWorkerPlaces, hashRecipe, type WorkerPlaces } from './worker-places.ts';
import { workerWorks } from './worker-works.ts';

const WORKING = '#!/bin/sh\nexit 41\n';
const BROKEN = '#!/bin/sh\nexit 127\n';

let dir: string;
let places: WorkerPlaces;
let said: string[];
let done: string[];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'prepare-worker-'));
  places = {
    packageDir: join(dir, 'mediasoup'),
    installedBin: join(dir, 'mediasoup', 'worker', 'out', 'Release', 'mediasoup-worker'),
    cachedBin: join(dir, 'cache', 'mediasoup-worker'),
    recipeDir: join(dir, 'recipe'),
  };
  said = [];
  done = [];
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function put(bin: string, script: string): string {
  mkdirSync(dirname(bin), { recursive: true });
  writeFileSync(bin, script);
  chmodSync(bin, 0o755);
  return bin;
}

const log = (line: string): unknown => said.push(line);

/** A closed machine on which the build works; binaries are scripts, and really run. */
function pieces(changes: Partial<WorkerPieces> = {}): WorkerPieces {
  return {
    env: {},
    findPlaces: () => places,
    works: workerWorks,
    download: async () => {
      done.push('download');
    },
    build: async ({ cachedBin }) => {
      done.push('build');
      put(cachedBin, WORKING);
      return undefined;
    },
    ...changes,
  };
}

describe('which worker is taken', () => {
  test('the one that MEDIASOUP_WORKER_BIN names, before all others', async () => {
    const given = put(join(dir, 'given'), WORKING);
    put(places.cachedBin, WORKING);
    put(places.installedBin, WORKING);

    const worker = await prepareWorker({ log }, pieces({ env: { MEDIASOUP_WORKER_BIN: given } }));

    expect(worker).toEqual({ ok: true, bin: given, source: 'env' });
  });

  test('the one in the cache, before the one that came with the package', async () => {
    put(places.cachedBin, WORKING);
    put(places.installedBin, WORKING);

    const worker = await prepareWorker({ log }, pieces());

    expect(worker).toEqual({ ok: true, bin: places.cachedBin, source: 'cache' });
  });

  test('the one that came with the package, before anything is fetched or built', async () => {
    put(places.installedBin, WORKING);

    const worker = await prepareWorker({ log }, pieces());

    expect(worker).toEqual({ ok: true, bin: places.installedBin, source: 'prebuilt' });
    expect(done).toEqual([]);
  });

  test('the one that mediasoup publishes, before anything is built', async () => {
    const download = async (): Promise<void> => {
      put(places.installedBin, WORKING);
    };

    const worker = await prepareWorker({ log }, pieces({ download }));

    expect(worker).toEqual({ ok: true, bin: places.installedBin, source: 'prebuilt' });
    expect(done).toEqual([]);
  });

  test('else one is built, after trying to fetch it, and found in the cache from then on', async () => {
    const first = await prepareWorker({ log }, pieces());
    const second = await prepareWorker({ log }, pieces());

    expect(first).toEqual({ ok: true, bin: places.cachedBin, source: 'built' });
    expect(second).toEqual({ ok: true, bin: places.cachedBin, source: 'cache' });
    expect(done).toEqual(['download', 'build']);
  });
});

describe('a worker that does not run here is passed over', () => {
  test('one that MEDIASOUP_WORKER_BIN names, and says so', async () => {
    const given = put(join(dir, 'given'), BROKEN);
    put(places.cachedBin, WORKING);

    const worker = await prepareWorker({ log }, pieces({ env: { MEDIASOUP_WORKER_BIN: given } }));

    expect(worker).toMatchObject({ source: 'cache' });
    expect(said.join('\n')).toContain(given);
  });

  test('one that MEDIASOUP_WORKER_BIN names and that is not there', async () => {
    const given = join(dir, 'nothing');
    put(places.cachedBin, WORKING);

    const worker = await prepareWorker({ log }, pieces({ env: { MEDIASOUP_WORKER_BIN: given } }));

    expect(worker).toMatchObject({ source: 'cache' });
  });

  test('a broken one in the cache is built anew', async () => {
    put(places.cachedBin, BROKEN);

    const worker = await prepareWorker({ log }, pieces());

    expect(worker).toEqual({ ok: true, bin: places.cachedBin, source: 'built' });
    expect(await workerWorks(places.cachedBin)).toBe(true);
  });

  test('a file in the cache that is no program at all', async () => {
    put(places.cachedBin, '\u007FELF half a file');

    expect(await prepareWorker({ log }, pieces())).toMatchObject({ source: 'built' });
  });

  test('a broken one that came with the package or was fetched', async () => {
    put(places.installedBin, BROKEN);

    expect(await prepareWorker({ log }, pieces())).toMatchObject({ source: 'built' });
    expect(done).toEqual(['download', 'build']);
  });

  test('what ends well is no worker either: only exit code 41 is', async () => {
    const given = put(join(dir, 'given'), '#!/bin/sh\nexit 0\n');
    put(places.cachedBin, WORKING);

    const worker = await prepareWorker({ log }, pieces({ env: { MEDIASOUP_WORKER_BIN: given } }));

    expect(worker).toMatchObject({ source: 'cache' });
  });

  test('the check runs with an empty environment', async () => {
    const nosy = put(join(dir, 'nosy'), '#!/bin/sh\n[ -z "$HOME" ] && exit 41\nexit 1\n');

    expect(await workerWorks(nosy)).toBe(true);
  });
});

describe('when there is no worker to be had', () => {
  test('the answer is why, and the command that mends it', async () => {
    const problem = { reason: 'This machine lacks: cmake.', mend: 'sudo apt-get install cmake' };

    const worker = await prepareWorker({ log }, pieces({ build: async () => problem }));

    expect(worker).toEqual({ ok: false, ...problem });
  });

  test('a full disk is told in words and does not throw', async () => {
    const build = async (): Promise<never> => {
      throw new Error('ENOSPC: no space left on device');
    };

    const worker = await prepareWorker({ log }, pieces({ build }));

    expect(worker).toEqual({
      ok: false,
      reason: 'The voice worker could not be built: ENOSPC: no space left on device',
      mend: 'npx node sfu/worker/main.ts',
    });
  });

  test('without mediasoup it says to install', async () => {
    const worker = await prepareWorker({ log }, pieces({ findPlaces: () => undefined }));

    expect(worker).toMatchObject({ ok: false, mend: 'npm install' });
  });

  test('without a folder to write to it still fetches, and else says which folder to give', async () => {
    writeFileSync(join(dir, 'cache'), 'a file where the cache folder would be');

    const worker = await prepareWorker({ log }, pieces());

    expect(worker).toMatchObject({ ok: false, reason: expect.stringContaining(dir) });
    expect(worker).toMatchObject({ mend: expect.stringContaining('HARMONIUM_CACHE_DIR=') });
    expect(done).toEqual(['download']);
  });
});

describe('several processes at once', () => {
  test('one builds, the others wait and take what it built', async () => {
    const slow = pieces({
      build: async ({ cachedBin }) => {
        done.push('build');
        await new Promise((resolve) => setTimeout(resolve, 50));
        put(cachedBin, WORKING);
        return undefined;
      },
    });

    const workers = await Promise.all([1, 2, 3].map(() => prepareWorker({ log }, slow)));

    const sources = workers.map((worker) => (worker.ok ? worker.source : worker.reason));
    expect(sources.toSorted((a, b) => a.localeCompare(b))).toEqual(['built', 'cache', 'cache']);
    expect(done).toEqual(['download', 'build']);
    expect(said).toContain('Another process is getting the voice worker. Waiting for it…');
    expect(existsSync(join(dir, 'cache', 'lock'))).toBe(false);
  });
});

describe('where the cache is', () => {
  test('named by the version of mediasoup and the recipe, in the folder that was given', () => {
    const found = findWorkerPlaces({ HARMONIUM_CACHE_DIR: '/from/env' }, dir);
    const name = `3.27.1-${found && hashRecipe(found.recipeDir)}`;

    expect(found?.cachedBin).toBe(join(dir, 'mediasoup-worker', name, 'mediasoup-worker'));
  });

  test.each([
    [{ HARMONIUM_CACHE_DIR: '/ours', XDG_CACHE_HOME: '/xdg' }, '/ours/mediasoup-worker/'],
    [{ XDG_CACHE_HOME: '/xdg' }, '/xdg/harmonium/mediasoup-worker/'],
    [{}, '/.cache/harmonium/mediasoup-worker/'],
  ])('%j', (env, folder) => {
    expect(findWorkerPlaces(env)?.cachedBin).toContain(folder);
  });

  test('another recipe is another binary', () => {
    mkdirSync(join(dir, 'recipe', 'compat'), { recursive: true });
    writeFileSync(join(dir, 'recipe', 'compat', 'srtp.h'), 'one');
    const before = hashRecipe(join(dir, 'recipe'));
    writeFileSync(join(dir, 'recipe', 'compat', 'srtp.h'), 'two');

    expect(hashRecipe(join(dir, 'recipe'))).not.toBe(before);
  });
});
