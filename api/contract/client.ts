import type { z } from 'zod';
import type { EndpointKey, Endpoints } from './endpoints.ts';
import type { ErrorBody, ErrorCode } from './errors.ts';

type Has<K extends EndpointKey, Part extends string> = Endpoints[K] extends {
  [P in Part]: infer Schema extends z.ZodType;
}
  ? Schema
  : never;
type Need<Name extends string, Schema extends z.ZodType> = [Schema] extends [never]
  ? unknown
  : { [N in Name]: z.input<Schema> };
type Query<K extends EndpointKey> = [Has<K, 'query'>] extends [never]
  ? unknown
  : { query?: Partial<z.input<Has<K, 'query'>>> };
/** Ids in paths are plain strings to a caller; the server checks them. */
type Params<K extends EndpointKey> = [Has<K, 'params'>] extends [never]
  ? unknown
  : { params: { [P in keyof z.input<Has<K, 'params'>>]: string } };

type Upload<K extends EndpointKey> = Endpoints[K] extends { upload: unknown }
  ? { body: Blob | Uint8Array<ArrayBuffer> }
  : unknown;

export type RequestParts<K extends EndpointKey> = Params<K> &
  Query<K> &
  Upload<K> &
  Need<'body', Has<K, 'body'>>;
export type Answer<K extends EndpointKey> = [Has<K, 'answer'>] extends [never]
  ? undefined
  : z.output<Has<K, 'answer'>>;

/** What a call throws when the answer is no success. `offline`: there was no answer at all. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly code: ErrorCode | 'offline';
  readonly status: number;
  readonly body: ErrorBody | undefined;
  constructor(status: number, body: ErrorBody | undefined, cause?: unknown) {
    super(body?.error.message ?? 'The server did not answer.', { cause });
    this.status = status;
    this.body = body;
    this.code = body?.error.code ?? (status === 0 ? 'offline' : 'internal');
  }
}

export interface ClientOptions {
  /** Origin of the api; empty for the page's own. */
  baseUrl: string;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Sent as `Authorization: Bearer …` when there is one. */
  token?: () => string | undefined | Promise<string | undefined>;
}

type OptionalParts<K extends EndpointKey> =
  unknown extends RequestParts<K>
    ? [parts?: undefined]
    : Partial<RequestParts<K>> extends RequestParts<K>
      ? [parts?: RequestParts<K>]
      : [parts: RequestParts<K>];

export type Client = <K extends EndpointKey>(
  endpoint: K,
  ...parts: OptionalParts<K>
) => Promise<Answer<K>>;

interface LooseParts {
  params?: Record<string, string>;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
}

/**
 * Calls the REST surface by the key of an endpoint:
 * `await call('GET /api/servers/:id', { params: { id } })`.
 * Throws ApiProblem for every answer that is not a success.
 */
export function createClient(options: ClientOptions): Client {
  return async (endpoint, ...[given]) => {
    const parts: LooseParts = given ?? {};
    const [method = 'GET', path = '/'] = endpoint.split(' ');
    const headers: Record<string, string> = {};
    const token = await options.token?.();
    if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
    const init: RequestInit = { method, headers, credentials: 'same-origin' };
    if (isFile(parts.body)) {
      // The server goes by what it finds in it.
      headers['content-type'] = parts.body instanceof Blob ? parts.body.type : 'image/webp';
      init.body = parts.body;
    } else if (parts.body !== undefined) {
      headers['content-type'] = 'application/json';
      init.body = JSON.stringify(parts.body);
    }

    let response: Response;
    try {
      response = await options.fetch(options.baseUrl + address(path, parts), init);
    } catch (cause) {
      throw new ApiProblem(0, undefined, cause);
    }
    const text = await response.text();
    const body: unknown = text === '' ? undefined : parseJson(text);
    if (response.ok) return body as Answer<typeof endpoint>; // The server checked it by the same table.
    throw new ApiProblem(response.status, isErrorBody(body) ? body : undefined);
  };
}

function isFile(body: unknown): body is Blob | Uint8Array<ArrayBuffer> {
  return body instanceof Blob || body instanceof Uint8Array;
}

function address(path: string, parts: LooseParts): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(parts.params?.[name] ?? ''),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parts.query ?? {})) {
    if (value !== undefined) query.set(name, String(value));
  }
  return query.size === 0 ? filled : `${filled}?${query}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isErrorBody(body: unknown): body is ErrorBody {
  return typeof body === 'object' && body !== null && 'error' in body;
}
