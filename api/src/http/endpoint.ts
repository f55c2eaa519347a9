import { endpoints } from '@harmonium/api/endpoints';
import type { Endpoint, EndpointKey, Endpoints } from '@harmonium/api/endpoints';
import type { Answer } from '@harmonium/api/client';
import type { Context } from 'hono';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import type { Caller } from '../sessions/access-token.ts';
import { authenticate } from './authenticate.ts';
import type { AppEnv } from './app-env.ts';
import { answerOnce } from './idempotency.ts';
import { limitRate } from './rate-limits.ts';
import { readBody, readParams, readQuery } from './request-parts.ts';

type Part<K extends EndpointKey, Name extends string> = Endpoints[K] extends {
  [N in Name]: infer Schema extends z.ZodType;
}
  ? z.output<Schema>
  : undefined;

/** A request as a handler sees it: everything in it has been checked by the endpoint's schemas. */
interface Call<K extends EndpointKey> {
  params: Part<K, 'params'>;
  query: Part<K, 'query'>;
  body: Endpoints[K] extends { upload: unknown } ? Uint8Array<ArrayBuffer> : Part<K, 'body'>;
  caller: Endpoints[K]['caller'] extends 'user' ? Caller : undefined;
  c: Context<AppEnv>;
}

/** A Response is for what the table does not say: another status, a cookie's error. */
type Handler<K extends EndpointKey> = (call: Call<K>) => Promise<Answer<K> | Response>;
export type Handlers = { [K in EndpointKey]: Handler<K> };

/** One entry of the table as a request handler of Hono. */
export function serve<K extends EndpointKey>(deps: Deps, key: K, handlers: Pick<Handlers, K>) {
  const endpoint: Endpoint = endpoints[key];
  return async (c: Context<AppEnv>): Promise<Response> => {
    c.set('route', key);
    const caller = await authenticate(deps, endpoint.caller, c);
    await limitRate(deps, key, caller, c);
    const params = readParams(endpoint, c);
    const query = readQuery(endpoint, c);
    const { text, body } = await readBody(endpoint, c);
    // The parts were made by the schemas of this very entry.
    const call = { params, query, body, caller, c } as Call<K>;
    return answerOnce(deps, { key, endpoint, caller, text, c }, async () => {
      const answer = await handlers[key](call);
      if (answer instanceof Response) return answer;
      return endpoint.status === 204 ? c.body(null, 204) : c.json(answer, endpoint.status);
    });
  };
}
