import type { Files } from '../files.ts';
import { requireFileKey } from '../files.ts';
import { forOtherOrigins, handleFileRequest } from './files-disk/handle-request.ts';
import { signedQuery } from './files-disk/signature.ts';
import { DiskStore } from './files-disk/store.ts';

export interface DiskFilesOptions {
  folder: string;
  /** Signs addresses; any text of 16 characters or more. */
  secret: string;
  now: () => number;
  /** Where `handle` is reached: an origin, or nothing for the page's own. */
  origin?: string | undefined;
}

export interface DiskFiles extends Files {
  /** Answers requests for `/files/…`. */
  handle(request: Request): Promise<Response>;
}

const PREFIX = '/files/';

/** Files in a folder of this machine, sent and read through the api's own process. */
export function createDiskFiles(options: DiskFilesOptions): DiskFiles {
  const { secret, now, origin = '' } = options;
  const store = new DiskStore(options.folder);
  const address = (key: string, query: URLSearchParams) => `${origin}${PREFIX}${key}?${query}`;

  return {
    put: (key, body, about) => store.put(key, body, about),
    get: (key, range) => store.get(key, range),
    head: (key) => store.head(key),
    delete: (key) => store.delete(key),
    move: (from, to) => store.move(from, to),
    ping: () => store.ping(),
    async signUpload(key, { size, type }, expiresIn) {
      requireFileKey(key);
      const expiresAt = now() + expiresIn * 1000;
      const query = signedQuery(secret, { method: 'PUT', key, expiresAt, size, type });
      return { url: address(key, query), method: 'PUT', headers: { 'content-type': type } };
    },
    async signDownload(key, expiresIn, { from = now(), ...as } = {}) {
      requireFileKey(key);
      const expiresAt = from + expiresIn * 1000;
      return address(key, signedQuery(secret, { method: 'GET', key, expiresAt, as }));
    },
    async handle(request) {
      const answer = await handleFileRequest({ store, secret, now, prefix: PREFIX }, request);
      return origin === '' ? answer : forOtherOrigins(answer);
    },
  };
}
