import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { glob, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';

const web = join(import.meta.dirname, '..');
const root = join(web, '..');
const dist = join(web, 'dist');
const stampFile = join(dist, '.built-from');

/** What the page is made from: a change in any of these makes the built page stale. */
const SOURCES = [
  'web/src/**/*',
  'web/public/**/*',
  'web/index.html',
  'web/vite.config.ts',
  'web/package.json',
  '{api,rooms,sfu}/contract/**/*.ts',
  'package-lock.json',
];

/**
 * Builds the page when its sources have changed since the last build.
 * @returns the folder that holds it
 * @throws when vite refuses the sources
 */
export async function buildPage(log: (line: string) => void): Promise<string> {
  const stamp = await hashOfSources();
  if (existsSync(stampFile) && (await readFile(stampFile, 'utf8')) === stamp) return dist;

  log('Building the page (once after each update)…');
  const { build } = await import('vite');
  await build({ root: web, logLevel: 'warn' });
  await compressAssets();
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

/** Compressed once here, so that no request pays for it. */
async function compressAssets(): Promise<void> {
  for await (const name of glob('**/*.{js,css,html,svg,json}', { cwd: dist })) {
    const file = join(dist, name);
    const content = await readFile(file);
    await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
    await writeFile(`${file}.br`, await promisify(brotliCompress)(content));
  }
}
