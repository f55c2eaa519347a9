import type { Context } from 'hono';
import type { Deps } from '../deps.ts';
import type { AppEnv } from './app-env.ts';

/** The origin in the client's address bar. */
export function originOf(deps: Deps, c: Context<AppEnv>): string {
  return deps.client.origin(c.req.raw, c.env);
}

/** What tells clients apart that have not logged in. */
export function addressOf(deps: Deps, c: Context<AppEnv>): string {
  return deps.client.address(c.req.raw, c.env);
}
