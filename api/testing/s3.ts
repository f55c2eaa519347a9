import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { isSigned } from './s3-signature.ts';
import type { Service } from './service.ts';

export interface S3Service extends Service {
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** The one key pair that s3rver knows. */
const KEY = 'S3RVER';
/** Pages of any origin may send and read, as docs/self-hosting.md has it for one. */
const CORS = `<CORSConfiguration><CORSRule>
  <AllowedOrigin>*</AllowedOrigin>
  <AllowedMethod>GET</AllowedMethod><AllowedMethod>HEAD</AllowedMethod><AllowedMethod>PUT</AllowedMethod>
  <AllowedHeader>*</AllowedHeader>
</CORSRule></CORSConfiguration>`;

/** An S3-compatible server with one empty bucket, behind a check of the signatures. */
export async function startS3(): Promise<S3Service> {
  const directory = mkdtempSync(join(tmpdir(), 'harmonium-s3-'));
  const bucket = 'uploads';
  const s3 = new S3rver({
    silent: true,
    directory,
    vhostBuckets: false,
    configureBuckets: [{ name: bucket, configs: [CORS] }],
  });
  await s3.configureBuckets();
  const serve = s3.callback();
  const server = createServer((request, response) => {
    // What browsers ask beforehand is not signed.
    if (request.method === 'OPTIONS' || isSigned(request, KEY)) return serve(request, response);
    request.resume();
    response.writeHead(403, { 'content-type': 'application/xml' });
    response.end('<Error><Code>SignatureDoesNotMatch</Code></Error>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    bucket,
    region: 'us-east-1',
    accessKeyId: KEY,
    secretAccessKey: KEY,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
