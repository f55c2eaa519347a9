import { createHmac, timingSafeEqual } from 'node:crypto';
import type { DownloadAs, FileAbout } from '../../files.ts';

/** What an address allows, until when. */
export type Allowed =
  | ({ method: 'PUT'; key: string; expiresAt: number } & FileAbout)
  | { method: 'GET'; key: string; expiresAt: number; as: Omit<DownloadAs, 'from'> };

/** Query of an address that allows this and nothing else. */
export function signedQuery(secret: string, allowed: Allowed): URLSearchParams {
  const query = new URLSearchParams({ expires: String(allowed.expiresAt) });
  if (allowed.method === 'PUT') {
    query.set('size', String(allowed.size));
    query.set('type', allowed.type);
  } else {
    const { type, name, save } = allowed.as;
    if (type !== undefined) query.set('type', type);
    if (name !== undefined) query.set('name', name.toWellFormed());
    if (save === true) query.set('save', '1');
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
      : { method, key, expiresAt, as: readAs(query) };
  if (!isSame(sign(secret, allowed), query.get('signature') ?? '')) return undefined;
  return expiresAt > request.now ? allowed : undefined;
}

function sign(secret: string, allowed: Allowed): string {
  const { method, key, expiresAt } = allowed;
  const limits = allowed.method === 'PUT' ? [allowed.size, allowed.type] : partsOf(allowed.as);
  return createHmac('sha256', `files:${secret}`)
    .update(JSON.stringify([method, key, expiresAt, ...limits]))
    .digest('base64url');
}

function partsOf({ type, name, save }: Omit<DownloadAs, 'from'>) {
  return [type ?? null, name?.toWellFormed() ?? null, save === true];
}

function readAs(query: URLSearchParams): Omit<DownloadAs, 'from'> {
  const type = query.get('type');
  const name = query.get('name');
  return {
    ...(type === null ? {} : { type }),
    ...(name === null ? {} : { name }),
    save: query.has('save'),
  };
}

function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
