import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPage } from '../../web/node/build.ts';
import { createPage } from '../../web/node/page.ts';
import { headersFile } from './headers-file.ts';

/**
 * `node deploy/edge/page.ts [folder]`: the page as Cloudflare serves it beside the Worker, under the
 * headers that every other way to run it sends.
 */

const root = join(import.meta.dirname, '..', '..');
const [, , folder = join(root, 'dist', 'page')] = process.argv;

const config = await readFile(join(root, 'wrangler.toml'), 'utf8');
const [, inConfig] = /^S3_ENDPOINT = "(.+)"$/m.exec(config) ?? [];
const store = process.env['S3_ENDPOINT'] ?? inConfig;
if (store === undefined) throw new Error('wrangler.toml has no S3_ENDPOINT.');
const filesOrigin = new URL(store).origin;

const built = await buildPage(console.log);
const unfinished = `${folder}.${process.pid}`;
await mkdir(unfinished, { recursive: true });
// Cloudflare compresses by itself.
await cp(built, unfinished, { recursive: true, filter: (path) => !/\.(br|gz)$/.test(path) });
await writeFile(join(unfinished, '_headers'), await headersFile(createPage(built, filesOrigin)));
await rm(folder, { recursive: true, force: true });
await rename(unfinished, folder);
