import { serve } from '@hono/node-server';
import { buildPage } from './build.ts';
import { createPage } from './page.ts';

/** The page alone, beside api, rooms and sfu of other processes. */

const port = Number(process.env['PORT'] ?? 3000);
// As the api reads them: files of a bucket, or of a name of their own.
const filesUrl = process.env['S3_ENDPOINT'] || process.env['FILES_HOST'] || undefined;
const filesOrigin = filesUrl === undefined ? undefined : new URL(filesUrl).origin;
const page = createPage(await buildPage(console.log), filesOrigin);
const server = serve({ fetch: page.fetch, port }, (address) => {
  console.log(`The page is served on port ${address.port}.`);
});

const stop = (): void => {
  server.close(() => process.exit(0));
  if ('closeIdleConnections' in server) server.closeIdleConnections();
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
