import type { Endpoint } from '@harmonium/api/endpoints';
import type { Context } from 'hono';
import type { z } from 'zod';
import { Problem } from '../problem.ts';
import { sha256 } from '../sha-256.ts';
import type { AppEnv } from './app-env.ts';

const MAX_BODY_BYTES = 64 * 1024;
/** An outbox batch: 500 messages of 4,000 characters, each up to six bytes as an escape. */
const MAX_SERVICE_BODY_BYTES = 16 * 1024 * 1024;
const MAX_DETAILS = 50;

export function readParams(endpoint: Endpoint, c: Context<AppEnv>): unknown {
  if (endpoint.params === undefined) return undefined;
  const read = endpoint.params.safeParse(c.req.param());
  if (read.success) return read.data;
  // An invite code is no id: one that cannot exist is simply not there.
  const isCode = read.error.issues.some((issue) => issue.path[0] === 'code');
  throw new Problem(isCode ? 'invite_not_found' : 'bad_id');
}

export function readQuery(endpoint: Endpoint, c: Context<AppEnv>): unknown {
  if (endpoint.query === undefined) return undefined;
  const query = c.req.query();
  if (holdsUnstorable(query)) throw new Problem('bad_request');
  const read = endpoint.query.safeParse(query);
  if (read.success) return read.data;
  throw new Problem('bad_request', { details: detailsOf(read.error) });
}

/** The checked body, with its text (which names the request for an Idempotency-Key). */
export async function readBody(
  endpoint: Endpoint,
  c: Context<AppEnv>,
): Promise<{ text: string; body: unknown }> {
  if (endpoint.upload !== undefined) return readUpload(endpoint.upload, c);
  if (endpoint.body === undefined) return { text: '', body: undefined };
  // A form of another site can post text or fields, but no JSON, without asking first.
  if (!/^application\/([\w.-]+\+)?json\b/i.test(c.req.header('content-type') ?? '')) {
    throw new Problem('invalid_body', { message: 'The content type has to be application/json.' });
  }
  const isService = endpoint.caller === 'service';
  const text = await readText(c.req.raw, isService ? MAX_SERVICE_BODY_BYTES : MAX_BODY_BYTES);
  const body = parseJson(text);
  if (!isService && holdsUnstorable(body)) {
    throw new Problem('invalid_body', { message: 'A text holds U+0000 or half a character.' });
  }
  const read = endpoint.body.safeParse(body);
  if (read.success) return { text, body: read.data };
  throw new Problem('invalid_body', { details: detailsOf(read.error) });
}

async function readUpload(
  { maxBytes, types }: NonNullable<Endpoint['upload']>,
  c: Context<AppEnv>,
): Promise<{ text: string; body: Uint8Array<ArrayBuffer> }> {
  const [type = ''] = (c.req.header('content-type') ?? '').toLowerCase().split(';');
  if (!types.includes(type.trim())) {
    throw new Problem('bad_image', { message: `Send one of: ${types.join(', ')}.` });
  }
  const body = await readBytes(c.req.raw, maxBytes);
  return { text: await sha256(body), body };
}

async function readText(request: Request, limit: number): Promise<string> {
  return new TextDecoder().decode(await readBytes(request, limit));
}

async function readBytes(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const length = request.headers.get('content-length');
  // The runtime reads no more than was announced, so this bound is enough.
  if (length !== null) {
    if (!(Number(length) <= limit)) throw new Problem('too_large');
    return new Uint8Array(await request.arrayBuffer());
  }
  if (request.body === null) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader: ReadableStreamDefaultReader<Uint8Array> = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joined(parts, size);
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel();
      throw new Problem('too_large');
    }
    parts.push(value);
  }
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let filled = 0;
  for (const part of parts) {
    whole.set(part, filled);
    filled += part.byteLength;
  }
  return whole;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('invalid_body', { message: 'The body is no JSON.' });
  }
}

const NUL = String.fromCharCode(0);

/** PostgreSQL stores neither U+0000 nor half a character. Walks without recursion: JSON can be deep. */
function holdsUnstorable(body: unknown): boolean {
  const left: unknown[] = [body];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === 'string' && (value.includes(NUL) || !value.isWellFormed())) return true;
    if (typeof value === 'object' && value !== null) {
      for (const inner of Object.values(value)) left.push(inner);
    }
  }
  return false;
}

function detailsOf(error: z.ZodError) {
  return error.issues
    .slice(0, MAX_DETAILS)
    .map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message }));
}
