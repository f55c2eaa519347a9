import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { type ByteRange, type Files, requireFileKey } from '../files.ts';
import { collect } from './file-body.ts';
import { disposition } from './file-disposition.ts';

export interface S3FilesOptions {
  endpoint: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** Files in a bucket of any S3-compatible store. */
export function createS3Files(options: S3FilesOptions): Files {
  const { bucket: Bucket, region, endpoint, accessKeyId, secretAccessKey } = options;
  const client = new S3Client({
    region,
    endpoint,
    credentials: { accessKeyId, secretAccessKey },
    // Buckets as host names need DNS that self-hosters do not have.
    forcePathStyle: true,
    // Newer checksums that many compatible stores do not know, and a browser cannot add.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });

  async function head(key: string) {
    requireFileKey(key);
    const about = await ifThere(client.send(new HeadObjectCommand({ Bucket, Key: key })));
    return about && { size: about.ContentLength ?? 0, type: about.ContentType ?? '' };
  }

  async function get(key: string, range?: ByteRange) {
    const about = await head(key);
    if (about === undefined) return undefined;
    const start = range?.start ?? 0;
    const end = Math.min(range?.end ?? about.size - 1, about.size - 1);
    if (start > end) return { ...about, body: new Blob([]).stream() };
    const part = { Bucket, Key: key, Range: `bytes=${start}-${end}` };
    const found = await ifThere(client.send(new GetObjectCommand(part)));
    const body = found?.Body?.transformToWebStream();
    // The SDK's own type for the stream is looser than what it reads.
    return body && { ...about, body: body as ReadableStream<Uint8Array<ArrayBuffer>> };
  }

  return {
    /** Whole in memory first: what the api itself stores is small, people upload by signed address. */
    async put(key, body, { size, type }) {
      requireFileKey(key);
      const Body = await collect(body, size);
      const object = { Bucket, Key: key, Body, ContentLength: size, ContentType: type };
      await client.send(new PutObjectCommand({ ...object, ContentDisposition: disposition(type) }));
    },
    get,
    head,
    async delete(key) {
      requireFileKey(key);
      await client.send(new DeleteObjectCommand({ Bucket, Key: key }));
    },
    async move(from, to) {
      requireFileKey(from);
      requireFileKey(to);
      const copy = { Bucket, Key: to, CopySource: `${Bucket}/${from}` };
      if ((await ifThere(client.send(new CopyObjectCommand(copy)))) === undefined) return false;
      await client.send(new DeleteObjectCommand({ Bucket, Key: from }));
      return true;
    },
    async signUpload(key, { size, type }, expiresIn) {
      requireFileKey(key);
      const object = { Bucket, Key: key, ContentLength: size, ContentType: type };
      const url = await getSignedUrl(client, new PutObjectCommand(object), {
        expiresIn,
        // Left to itself the SDK signs neither, and any file could be sent.
        signableHeaders: new Set(['content-length', 'content-type']),
      });
      return { url, method: 'PUT', headers: { 'content-type': type } };
    },
    async signDownload(key, expiresIn, { from, ...as } = {}) {
      requireFileKey(key);
      const type = as.type ?? (await head(key))?.type ?? '';
      const object = {
        Bucket,
        Key: key,
        ...(as.type === undefined ? {} : { ResponseContentType: as.type }),
        ResponseContentDisposition: disposition(type, as),
        ResponseCacheControl: `private, max-age=${expiresIn}, immutable`,
      };
      const signed = from === undefined ? {} : { signingDate: new Date(from) };
      return getSignedUrl(client, new GetObjectCommand(object), { expiresIn, ...signed });
    },
    async ping() {
      await client.send(new HeadBucketCommand({ Bucket }));
    },
  };
}

async function ifThere<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) {
      return undefined;
    }
    throw error;
  }
}
