import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export interface WorkerPlaces {
  /** The folder of the mediasoup package. */
  packageDir: string;
  /** Where mediasoup's own install puts its binary. */
  installedBin: string;
  /** Where a binary built here is kept: outside node_modules, which `npm ci` empties. */
  cachedBin: string;
  recipeDir: string;
}

const RECIPE_DIR = join(import.meta.dirname, 'recipe');
const BIN_NAME = process.platform === 'win32' ? 'mediasoup-worker.exe' : 'mediasoup-worker';

/** Undefined when mediasoup is not installed. */
export function findWorkerPlaces(
  env: NodeJS.ProcessEnv,
  cacheDir = cacheDirOf(env),
): WorkerPlaces | undefined {
  const packageDir = findMediasoup();
  if (packageDir === undefined) return undefined;

  const name = `${versionOf(packageDir)}-${hashRecipe(RECIPE_DIR)}`;
  return {
    packageDir,
    installedBin: join(packageDir, 'worker', 'out', 'Release', BIN_NAME),
    cachedBin: join(resolve(cacheDir), 'mediasoup-worker', name, BIN_NAME),
    recipeDir: RECIPE_DIR,
  };
}

function cacheDirOf(env: NodeJS.ProcessEnv): string {
  if (env['HARMONIUM_CACHE_DIR']) return env['HARMONIUM_CACHE_DIR'];
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'harmonium');
}

function findMediasoup(): string | undefined {
  try {
    // Its package.json is not among its exports; its main file is <package>/node/lib/index.js.
    const main = createRequire(import.meta.url).resolve('mediasoup');
    return dirname(dirname(dirname(main)));
  } catch {
    return undefined;
  }
}

function versionOf(packageDir: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) {
    return String(manifest.version);
  }
  throw new Error(`${packageDir}/package.json names no version.`);
}

/** Changes whenever the build would give another binary: another recipe, another processor. */
export function hashRecipe(recipeDir: string): string {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  const files = readdirSync(recipeDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) {
    hash.update(`\0${file.slice(recipeDir.length)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 12);
}
