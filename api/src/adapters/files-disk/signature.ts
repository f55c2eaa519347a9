import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FileAbout } from '../../files.ts';

/** What an address allows, until when. */
export type Allowed =
  | ({ method: 'PUT'; key: string; expiresAt: number } & FileAbout)
  | { method: 'GET'; key: string; expiresAt: number; saveAs?: string | undefined };

/** Query of an address that allows this and nothing else. */
export function signedQuery(secret: string, allowed: Allowed): URLSearchParams {
  const query = new URLSearchParams({ expires: String(allowed.expiresAt) });
  if (allowed.method === 'PUT') {
    query.set('size', String(allowed.size));
    query.set('type', allowed.type);
  } else if (allowed.saveAs !== undefined) {
    query.set('saveAs', allowed.saveAs);
  }
  query.set('signature', sign(secret, allowed));
  return query;
}

/** What the address allows, or undefined when it is not ours, altered, or over. */
export function readSignedQuery(
  secret: string,
  request: { method: 'PUT' | 'GET'; key: string; query: URLSearchParams; now: number },
): Allowed | undefined {
  const { method, key, query } = request;
  const expiresAt = Number(query.get('expires'));
  const allowed: Allowed =
    method === 'PUT'
      ? { method, key, expiresAt, size: Number(query.get('size')), type: query.get('type') ?? '' }
      : { method, key, expiresAt, saveAs: query.get('saveAs') ?? undefined };
  if (!isSame(sign(secret, allowed), query.get('signature') ?? '')) return undefined;
  return expiresAt > request.now ? allowed : undefined;
}

function sign(secret: string, allowed: Allowed): string {
  const { method, key, expiresAt } = allowed;
  const limits = allowed.method === 'PUT' ? [allowed.size, allowed.type] : [allowed.saveAs ?? null];
  return createHmac('sha256', `files:${secret}`)
    .update(JSON.stringify([method, key, expiresAt, ...limits]))
    .digest('base64url');
}

function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
