import { afterAll, beforeAll, expect, it } from 'vitest';
import { type S3Service, startS3 } from '../../testing/s3.ts';
import type { Files } from '../files.ts';
import { testFiles } from '../files.suite.ts';
import { createS3Files } from './files-s3.ts';

let s3: S3Service;
let files: Files;

beforeAll(async () => {
  s3 = await startS3();
  files = createS3Files({ ...s3, endpoint: s3.url });
});
afterAll(() => s3.close());

testFiles('S3', () => ({ files, fetch }));

it('does not answer a ping when the bucket is missing', async () => {
  const elsewhere = createS3Files({ ...s3, endpoint: s3.url, bucket: 'missing' });
  await expect(elsewhere.ping()).rejects.toThrow(/./);
});
