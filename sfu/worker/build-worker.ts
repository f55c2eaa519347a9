import { rmSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { basename, dirname, join } from 'node:path';

import { isAlive } from './build-lock.ts';
import { ensureDebianPackages } from './debian-packages.ts';
import { onInterrupt } from './on-interrupt.ts';
import { INSTALL_FROM_MEDIASOUP, MAKE_READY, type Problem } from './problem.ts';
import { runCommand, type CommandOutcome, type RunCommand } from './run-command.ts';
import type { WorkerPlaces } from './worker-places.ts';
import { workerWorks } from './worker-works.ts';

const CONFIGURE_LIMIT_MS = 120_000;
const COMPILE_LIMIT_MS = 1_800_000;
const PROGRESS_EVERY_MS = 20_000;
const COMPILER_BYTES = 2 ** 30;
const BUILD_DIR = /^build-(\d+)-/;

export interface BuildTools {
  run: RunCommand;
  ensurePackages: (log: (line: string) => void) => Promise<{ installed: string[] } | Problem>;
}

const realTools: BuildTools = { run: runCommand, ensurePackages: ensureDebianPackages };

/**
 * Puts a worker that works at `places.cachedBin`, whose folder exists, or answers why it could
 * not. The binary appears there whole or not at all.
 */
export async function buildWorker(
  places: WorkerPlaces,
  log: (line: string) => void,
  tools: BuildTools = realTools,
): Promise<Problem | undefined> {
  const packages = await tools.ensurePackages(log);
  if ('reason' in packages) return packages;
  // A cached worker on a new machine may have lacked nothing but its libraries.
  if (packages.installed.length > 0 && (await workerWorks(places.cachedBin))) return undefined;

  const cache = dirname(places.cachedBin);
  await removeAbandonedBuilds(cache);
  const buildDir = await mkdtemp(join(cache, `build-${process.pid}-`));
  const forgetInterrupt = onInterrupt(() => removeNow(buildDir));
  try {
    return await buildIn(buildDir, places, log, tools.run);
  } finally {
    forgetInterrupt();
    await rm(buildDir, { recursive: true, force: true });
  }
}

async function buildIn(
  buildDir: string,
  places: WorkerPlaces,
  log: (line: string) => void,
  run: RunCommand,
): Promise<Problem | undefined> {
  log('Building the voice worker from its source (once, about two minutes)…');
  const startedAt = performance.now();

  const source = `-DWORKER_SOURCE=${join(places.packageDir, 'worker')}`;
  const configured = await run(
    'cmake',
    ['-S', places.recipeDir, '-B', buildDir, '-G', 'Ninja', source],
    { limitMs: CONFIGURE_LIMIT_MS },
  );
  if (configured.code !== 0) return tellFailure('cmake', configured, log);

  const compiled = await run('ninja', ['-C', buildDir, '-j', String(jobs())], {
    limitMs: COMPILE_LIMIT_MS,
    nice: true,
    env: { ...process.env, NINJA_STATUS: '[%f/%t] ' },
    onLine: tellProgress(log),
  });
  if (compiled.code !== 0) return tellFailure('ninja', compiled, log);

  const built = join(buildDir, basename(places.cachedBin));
  if (!(await workerWorks(built))) {
    return {
      reason: 'The voice worker was built, but it does not run on this machine.',
      mend: INSTALL_FROM_MEDIASOUP,
    };
  }
  await rename(built, places.cachedBin);
  log(`The voice worker is built (${Math.round((performance.now() - startedAt) / 1000)} s).`);
  return undefined;
}

/** A compiler of this code takes up to a gigabyte: a small machine with many cores would swap. */
function jobs(): number {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(totalmem() / COMPILER_BYTES)));
}

function tellProgress(log: (line: string) => void): (line: string) => void {
  let toldAt = performance.now();
  return (line) => {
    const [status] = /^\[\d+\/\d+\]/.exec(line) ?? [];
    if (status === undefined || performance.now() - toldAt < PROGRESS_EVERY_MS) return;
    toldAt = performance.now();
    log(`Building the voice worker…  ${status}`);
  };
}

function tellFailure(
  command: string,
  outcome: CommandOutcome,
  log: (line: string) => void,
): Problem {
  if (outcome.missing) {
    return {
      reason: `The voice worker could not be built: ${command} is not installed.`,
      mend: INSTALL_FROM_MEDIASOUP,
    };
  }
  log(`The build of the voice worker failed. The last lines of ${command}:`);
  for (const line of outcome.tail) log(`  ${line}`);
  return {
    reason: `The voice worker could not be built: ${command} failed (its last lines are above).`,
    mend: MAKE_READY,
  };
}

/** What builds that were killed outright left behind, some 150 MB each. */
async function removeAbandonedBuilds(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const [, pid] = BUILD_DIR.exec(name) ?? [];
    if (pid === undefined) continue;
    const path = join(cache, name);
    const age = Date.now() - (await stat(path)).mtimeMs;
    if (isAlive(Number(pid)) && age < COMPILE_LIMIT_MS) continue;
    await rm(path, { recursive: true, force: true });
  }
}

function removeNow(dir: string): void {
  // The compilers that are ending may still write: retried until the folder is gone.
  rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}
