import { glob, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { build } from 'vite';

/**
 * `node bundle.ts <folder>` makes the page there; a process of its own, so that the bundler's memory
 * ends with it.
 */

const [, , folder] = process.argv;
if (folder === undefined) throw new Error('Say which folder the page is made in.');

await build({
  root: join(import.meta.dirname, '..'),
  logLevel: 'error',
  build: { outDir: folder, emptyOutDir: true },
});
// Compressed once here, so that no request pays for it.
for await (const name of glob('**/*.{js,css,html,svg,json}', { cwd: folder })) {
  const file = join(folder, name);
  const content = await readFile(file);
  await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
  await writeFile(`${file}.br`, await promisify(brotliCompress)(content));
}
