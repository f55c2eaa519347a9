import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';

/** Emptied with every `npm ci`, so that what another version made is never taken up. */
const CACHE = fileURLToPath(new URL('../../../../node_modules/.cache/harmonium/', import.meta.url));
const FILE = `${CACHE}empty-database.tar`;

/** A PostgreSQL that was just made, as a tar file: making one takes ten times as long as unpacking. */
export async function emptyDatabase(): Promise<Blob> {
  try {
    return new Blob([await readFile(FILE)]);
  } catch {
    return makeEmptyDatabase();
  }
}

async function makeEmptyDatabase(): Promise<Blob> {
  const pglite = await PGlite.create();
  const tar = await pglite.dumpDataDir('none');
  await pglite.close();
  // Several processes may make it at once: each moves a whole one into place.
  const own = `${CACHE}${randomUUID()}`;
  await mkdir(CACHE, { recursive: true });
  await writeFile(own, new Uint8Array(await tar.arrayBuffer()));
  await rename(own, FILE);
  return tar;
}
