import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { glob, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const web = join(import.meta.dirname, '..');
const root = join(web, '..');
const dist = join(web, 'dist');
const stampFile = join(dist, '.built-from');

/** What the page is made from: a change in any of these makes the built page stale. */
const SOURCES = [
  'web/src/**/*',
  'web/public/**/*',
  'web/node/bundle.ts',
  'web/index.html',
  'web/vite.config.ts',
  'web/package.json',
  '{api,rooms,sfu}/contract/**/*.ts',
  'package-lock.json',
];

/**
 * Builds the page when its sources have changed since the last build.
 * @returns the folder that holds it
 * @throws when the bundler refuses the sources
 */
export async function buildPage(log: (line: string) => void): Promise<string> {
  const stamp = await hashOfSources();
  if (existsSync(stampFile) && (await readFile(stampFile, 'utf8')) === stamp) return dist;

  log('Building the page (once after each update)…');
  await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'bundle.ts')]);
  await writeFile(stampFile, stamp);
  return dist;
}

async function hashOfSources(): Promise<string> {
  const files: string[] = [];
  for await (const entry of glob(SOURCES, { cwd: root, withFileTypes: true })) {
    if (entry.isFile()) files.push(join(entry.parentPath, entry.name));
  }
  const hash = createHash('sha256');
  for (const file of files.toSorted()) {
    hash.update(file.slice(root.length)).update(await readFile(file));
  }
  return hash.digest('hex');
}
