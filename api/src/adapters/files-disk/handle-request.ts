import { ERRORS, type ErrorBody, type ErrorCode } from '@harmonium/api/errors';
import { isFileKey } from '../../files.ts';
import { WrongSize } from '../file-body.ts';
import { disposition } from '../file-disposition.ts';
import { readRange } from './byte-range.ts';
import { type Allowed, readSignedQuery } from './signature.ts';
import type { DiskStore } from './store.ts';

export interface HandlerOptions {
  store: DiskStore;
  secret: string;
  /** Path before every key, as `/files/`. */
  prefix: string;
  now: () => number;
}

/** Answers the addresses that the disk's store signed. */
export async function handleFileRequest(
  options: HandlerOptions,
  request: Request,
): Promise<Response> {
  const url = new URL(request.url);
  const key = url.pathname.slice(options.prefix.length);
  if (!url.pathname.startsWith(options.prefix) || !isFileKey(key)) return refuse('not_found');
  // A browser asks first, where files have a name of their own.
  if (request.method === 'OPTIONS') return new Response(null, { status: 204 });
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  if (method !== 'PUT' && method !== 'GET') return refuse('bad_request');

  const { secret, now, store } = options;
  const query = url.searchParams;
  const allowed = readSignedQuery(secret, { method, key, query, now: now() });
  if (allowed === undefined) return refuse('forbidden');
  if (allowed.method === 'PUT') return take(store, allowed, request);
  return give(store, allowed, request, now());
}

async function take(
  store: DiskStore,
  allowed: Allowed & { method: 'PUT' },
  request: Request,
): Promise<Response> {
  const { key, size, type } = allowed;
  const length = request.headers.get('content-length');
  if (request.headers.get('content-type') !== type) return refuse('bad_request');
  if (length !== null && Number(length) !== size) return refuse('bad_request');
  try {
    await store.put(key, request.body ?? new Uint8Array(), { size, type });
  } catch (error) {
    if (error instanceof WrongSize) return refuse('bad_request');
    throw error;
  }
  return new Response(null, { status: 200 });
}

async function give(
  store: DiskStore,
  allowed: Allowed & { method: 'GET' },
  request: Request,
  now: number,
): Promise<Response> {
  const about = await store.head(allowed.key);
  if (about === undefined) return refuse('not_found');
  const range = readRange(request.headers.get('range'), about.size);
  const type = allowed.as.type ?? about.type;
  const headers = new Headers({
    'content-type': type,
    'content-disposition': disposition(type, allowed.as),
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    // What lies at an address never changes, and its reader may not be somebody else's.
    'cache-control': `private, max-age=${Math.floor((allowed.expiresAt - now) / 1000)}, immutable`,
    'accept-ranges': 'bytes',
  });
  if (range === 'unsatisfiable') {
    headers.set('content-range', `bytes */${about.size}`);
    return new Response(null, { status: 416, headers });
  }

  const { start, end } = range ?? { start: 0, end: about.size - 1 };
  headers.set('content-length', String(end - start + 1));
  if (range !== undefined) headers.set('content-range', `bytes ${start}-${end}/${about.size}`);
  const status = range === undefined ? 200 : 206;
  if (request.method === 'HEAD') return new Response(null, { status, headers });
  const file = await store.get(allowed.key, range);
  return file === undefined ? refuse('not_found') : new Response(file.body, { status, headers });
}

const REASONS = {
  not_found: 'There is no such file.',
  forbidden: 'This address is not valid, or no longer.',
  bad_request: 'This is not the file that was announced.',
} satisfies Partial<Record<ErrorCode, string>>;

function refuse(code: keyof typeof REASONS): Response {
  const requestId = crypto.randomUUID();
  const body: ErrorBody = { error: { code, message: REASONS[code], requestId } };
  return Response.json(body, { status: ERRORS[code].status });
}

/**
 * The page is elsewhere, whose browsers have to be told that they may. Whoever has an address may use
 * it from wherever, and there are no cookies that would say more.
 */
export function forOtherOrigins(answer: Response): Response {
  const { headers } = answer;
  headers.set('access-control-allow-origin', '*');
  headers.set('access-control-allow-methods', 'GET, HEAD, PUT');
  headers.set('access-control-allow-headers', 'content-type, range');
  headers.set('access-control-max-age', '7200');
  headers.set('cross-origin-resource-policy', 'cross-origin');
  return answer;
}
