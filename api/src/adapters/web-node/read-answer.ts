import type { IncomingMessage } from 'node:http';
import type { Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { MAX_PAGE_BYTES, MAX_PICTURE_BYTES } from '../../previews/web.ts';
import type { WebPage, WebPicture, WebRefusal } from '../../previews/web.ts';

const UNUSABLE: WebRefusal = { kind: 'refused', why: 'unusable' };
const PAGES = new Set(['text/html', 'application/xhtml+xml']);
/** As pages name it: in a header, or in the beginning of themselves. */
const CHARSET = /charset\s*=\s*["']?([\w.:-]{2,40})/i;

/** A page or a picture by what it says it is; whatever else it is, it is not read. */
export async function readAnswer(
  answer: IncomingMessage,
  address: string,
): Promise<WebPage | WebPicture | WebRefusal> {
  const type = answer.headers['content-type'] ?? '';
  const kind = type.split(';')[0]?.trim().toLowerCase() ?? '';
  try {
    const body = unpacked(answer);
    if (body === undefined) return UNUSABLE;
    if (PAGES.has(kind)) {
      const { bytes } = await take(body, MAX_PAGE_BYTES);
      return { kind: 'page', address, html: decode(bytes, type) };
    }
    if (!kind.startsWith('image/')) return UNUSABLE;
    if (Number(answer.headers['content-length'] ?? 0) > MAX_PICTURE_BYTES) return UNUSABLE;
    const { bytes, isWhole } = await take(body, MAX_PICTURE_BYTES);
    return isWhole ? { kind: 'picture', bytes } : UNUSABLE;
  } finally {
    answer.destroy();
  }
}

function unpacked(answer: IncomingMessage): Readable | undefined {
  switch (answer.headers['content-encoding'] ?? 'identity') {
    case 'identity':
      return answer;
    case 'gzip':
    case 'x-gzip':
      return through(answer, createGunzip());
    case 'br':
      return through(answer, createBrotliDecompress());
    case 'deflate':
      return through(answer, createInflate());
    default:
      return undefined;
  }
}

function through(answer: IncomingMessage, step: Transform): Readable {
  // Whoever reads hears of a failure by the last of them.
  answer.once('error', (error) => step.destroy(error));
  return answer.pipe(step);
}

/** What comes until there is enough: a little that unpacks to a lot is read no further. */
async function take(
  body: Readable,
  limit: number,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; isWhole: boolean }> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body as AsyncIterable<Uint8Array>) {
    parts.push(part);
    size += part.byteLength;
    if (size > limit) break;
  }
  const whole = new Uint8Array(Math.min(size, limit));
  let at = 0;
  for (const part of parts) {
    const fitting = part.subarray(0, whole.byteLength - at);
    whole.set(fitting, at);
    at += fitting.byteLength;
  }
  return { bytes: whole, isWhole: size <= limit };
}

function decode(bytes: Uint8Array, type: string): string {
  const beginning = new TextDecoder('latin1').decode(bytes.subarray(0, 2048));
  const label = CHARSET.exec(type)?.[1] ?? CHARSET.exec(beginning)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
