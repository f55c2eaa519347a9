import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What a request says of how it is signed. */
interface Claim {
  /** `20261123T120000Z` */
  date: string;
  /** `20261123/us-east-1/s3/aws4_request` */
  scope: string;
  signedHeaders: string[];
  payloadHash: string;
  signature: string;
}

/**
 * Whether a request carries a right AWS signature, version 4, in its address or its header
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html). s3rver takes
 * any signature for right.
 */
export function isSigned(request: IncomingMessage, secretAccessKey: string): boolean {
  const url = new URL(request.url ?? '/', 'http://s3.test');
  const claim = fromAddress(url) ?? fromHeader(request);
  if (claim === undefined) return false;

  const canonical = [
    request.method,
    url.pathname,
    canonicalQuery(url),
    ...claim.signedHeaders.map((name) => `${name}:${String(request.headers[name] ?? '').trim()}`),
    '',
    claim.signedHeaders.join(';'),
    claim.payloadHash,
  ].join('\n');
  const hash = createHash('sha256').update(canonical).digest('hex');
  const toSign = ['AWS4-HMAC-SHA256', claim.date, claim.scope, hash].join('\n');
  const key = claim.scope
    .split('/')
    .reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${secretAccessKey}`);
  return hmac(key, toSign).toString('hex') === claim.signature;
}

function fromAddress({ searchParams }: URL): Claim | undefined {
  const signature = searchParams.get('X-Amz-Signature');
  if (signature === null) return undefined;
  return {
    date: searchParams.get('X-Amz-Date') ?? '',
    scope: afterKey(searchParams.get('X-Amz-Credential') ?? ''),
    signedHeaders: (searchParams.get('X-Amz-SignedHeaders') ?? '').split(';'),
    payloadHash: 'UNSIGNED-PAYLOAD',
    signature,
  };
}

function fromHeader({ headers }: IncomingMessage): Claim | undefined {
  const match = /Credential=(\S+), SignedHeaders=(\S+), Signature=(\w+)/.exec(
    headers.authorization ?? '',
  );
  if (match === null) return undefined;
  const [, credential = '', signedHeaders = '', signature = ''] = match;
  return {
    date: String(headers['x-amz-date']),
    scope: afterKey(credential),
    signedHeaders: signedHeaders.split(';'),
    payloadHash: String(headers['x-amz-content-sha256']),
    signature,
  };
}

function canonicalQuery({ searchParams }: URL): string {
  return [...searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function afterKey(credential: string): string {
  return credential.slice(credential.indexOf('/') + 1);
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
