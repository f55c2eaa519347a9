import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { glob, mkdir, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const web = join(import.meta.dirname, '..');
const root = join(web, '..');
const dist = join(web, 'dist');
/** Pages kept beside the newest: a process that serves one goes on serving it. */
const KEPT_PAGES = 3;

/** What the page is made from: a change in any of these makes another page. */
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
 * Builds the page unless it was built from the same sources before. Several processes may do it at
 * once: each page has a folder named by its sources, and is moved there when it is whole.
 * @returns the folder that holds it
 * @throws when the bundler refuses the sources
 */
export async function buildPage(log: (line: string) => void): Promise<string> {
  const page = join(dist, await hashOfSources());
  if (existsSync(page)) return page;

  log('Building the page (once after each update)…');
  const unfinished = join(dist, `.${randomUUID()}`);
  await mkdir(dist, { recursive: true });
  const bundler = join(import.meta.dirname, 'bundle.ts');
  await promisify(execFile)(process.execPath, [bundler, unfinished]);
  await rename(unfinished, page).catch(async (error: unknown) => {
    // Another process was faster: its page is the same.
    await rm(unfinished, { recursive: true });
    if (!existsSync(page)) throw error;
  });
  await removeOldPages();
  return page;
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
  return hash.digest('hex').slice(0, 16);
}

async function removeOldPages(): Promise<void> {
  const names = (await readdir(dist)).filter((name) => !name.startsWith('.'));
  const pages = await Promise.all(
    names.map(async (name) => {
      const path = join(dist, name);
      return { path, madeAt: (await stat(path)).mtimeMs };
    }),
  );
  const old = pages.toSorted((a, b) => b.madeAt - a.madeAt).slice(1 + KEPT_PAGES);
  for (const { path } of old) await rm(path, { recursive: true, force: true });
}
