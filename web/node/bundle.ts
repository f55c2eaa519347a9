import { glob, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { build } from 'vite';

/** Makes the page; a process of its own, so that the bundler's memory ends with it. */

const web = join(import.meta.dirname, '..');
const dist = join(web, 'dist');

await build({ root: web, logLevel: 'error' });
// Compressed once here, so that no request pays for it.
for await (const name of glob('**/*.{js,css,html,svg,json}', { cwd: dist })) {
  const file = join(dist, name);
  const content = await readFile(file);
  await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
  await writeFile(`${file}.br`, await promisify(brotliCompress)(content));
}
