import { access, constants, mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import { whileLocked } from './build-lock.ts';
import { buildWorker } from './build-worker.ts';
import { downloadWorker } from './download-worker.ts';
import { MAKE_READY, type Problem } from './problem.ts';
import { findWorkerPlaces, type WorkerPlaces } from './worker-places.ts';
import { workerWorks } from './worker-works.ts';

/** What happened, told to people line by line. */
type Log = (line: string) => void;

export interface PrepareWorkerOptions {
  log: Log;
  /** In place of HARMONIUM_CACHE_DIR, or else `harmonium` in the user's cache folder. */
  cacheDir?: string;
}

type WorkerSource = 'env' | 'cache' | 'prebuilt' | 'built';

export type PreparedWorker =
  | { ok: true; bin: string; source: WorkerSource }
  | ({ ok: false } & Problem);

/** The pieces of the step, so that a test can put others in their place. */
export interface WorkerPieces {
  env: NodeJS.ProcessEnv;
  findPlaces: typeof findWorkerPlaces;
  works: (bin: string) => Promise<boolean>;
  download: (places: WorkerPlaces, log: Log) => Promise<void>;
  build: (places: WorkerPlaces, log: Log) => Promise<Problem | undefined>;
}

const realPieces: WorkerPieces = {
  env: process.env,
  findPlaces: findWorkerPlaces,
  works: workerWorks,
  download: downloadWorker,
  build: buildWorker,
};

/**
 * Gets mediasoup's worker, the C++ process that carries voice, onto this machine: the cheapest
 * way that works. A binary that is there, given, built before or installed; else the one
 * mediasoup publishes; else a build from the sources in its npm package, kept in a cache.
 *
 * Never rejects for want of a worker: the answer then says why in words, and the command that
 * mends it.
 */
export async function prepareWorker(
  options: PrepareWorkerOptions,
  pieces: WorkerPieces = realPieces,
): Promise<PreparedWorker> {
  const { log } = options;

  const given = pieces.env['MEDIASOUP_WORKER_BIN'];
  if (given) {
    const bin = resolve(given);
    if (await pieces.works(bin)) return { ok: true, bin, source: 'env' };
    log(`MEDIASOUP_WORKER_BIN is ${given}, which does not run here. Looking for another.`);
  }

  const places = pieces.findPlaces(pieces.env, options.cacheDir);
  if (places === undefined) {
    return { ok: false, reason: 'The mediasoup package is not installed.', mend: 'npm install' };
  }

  const ready = await findReady(places, pieces);
  if (ready) return ready;

  const cache = dirname(places.cachedBin);
  const unwritable = await makeFolder(cache);
  if (unwritable !== undefined) {
    return (
      (await fetchReady(places, pieces, log)) ?? {
        ok: false,
        reason: `The voice worker could not be fetched, and there is no place to build it: ${unwritable}`,
        mend: `export HARMONIUM_CACHE_DIR=/a/folder/that/can/be/written && ${MAKE_READY}`,
      }
    );
  }

  return whileLocked(
    `${cache}/lock`,
    () => log('Another process is getting the voice worker. Waiting for it…'),
    async () =>
      // Whoever held the lock before may have done it all.
      (await findReady(places, pieces)) ??
      (await fetchReady(places, pieces, log)) ??
      (await buildReady(places, pieces, log)),
  );
}

async function findReady(
  places: WorkerPlaces,
  pieces: WorkerPieces,
): Promise<PreparedWorker | undefined> {
  const { cachedBin, installedBin } = places;
  if (await pieces.works(cachedBin)) return { ok: true, bin: cachedBin, source: 'cache' };
  if (await pieces.works(installedBin)) return { ok: true, bin: installedBin, source: 'prebuilt' };
  return undefined;
}

async function fetchReady(
  places: WorkerPlaces,
  pieces: WorkerPieces,
  log: Log,
): Promise<PreparedWorker | undefined> {
  await pieces.download(places, log);
  if (!(await pieces.works(places.installedBin))) return undefined;
  return { ok: true, bin: places.installedBin, source: 'prebuilt' };
}

async function buildReady(
  places: WorkerPlaces,
  pieces: WorkerPieces,
  log: Log,
): Promise<PreparedWorker> {
  try {
    const problem = await pieces.build(places, log);
    if (problem) return { ok: false, ...problem };
    return { ok: true, bin: places.cachedBin, source: 'built' };
  } catch (error) {
    // A full disk, say: chat is to start all the same.
    const reason = `The voice worker could not be built: ${wordsOf(error)}`;
    return { ok: false, reason, mend: MAKE_READY };
  }
}

/** Makes a folder that can be written, or answers in words why that cannot be. */
async function makeFolder(folder: string): Promise<string | undefined> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    return undefined;
  } catch (error) {
    return wordsOf(error);
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
