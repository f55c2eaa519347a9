import { ApiProblem, createClient } from '@harmonium/api/client';
import type { Client, ClientOptions } from '@harmonium/api/client';

export { ApiProblem } from '@harmonium/api/client';
export type { Client } from '@harmonium/api/client';

interface ApiOptions {
  fetch: ClientOptions['fetch'];
  /** The access token, renewed before it ends. */
  token: () => Promise<string | undefined>;
  /** Trades a refused token for a new one; false when there is none to be had. */
  renew: () => Promise<boolean>;
}

/** Calls REST as the logged-in user; a call that met an ended token is sent again with a new one. */
export function createApi(options: ApiOptions): Client {
  const call = createClient({ baseUrl: '', fetch: options.fetch, token: options.token });
  return async (endpoint, ...parts) => {
    try {
      return await call(endpoint, ...parts);
    } catch (problem) {
      // `unauthorized`: the session may have been ended elsewhere, which the renewal finds out.
      const ended =
        problem instanceof ApiProblem &&
        (problem.code === 'token_expired' || problem.code === 'unauthorized');
      if (!ended || !(await options.renew())) throw problem;
      return call(endpoint, ...parts);
    }
  };
}
