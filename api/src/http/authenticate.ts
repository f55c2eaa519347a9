import type { Endpoint } from '@harmonium/api/endpoints';
import type { Context } from 'hono';
import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';
import type { Caller } from '../sessions/access-token.ts';
import { isRevoked } from '../sessions/revoked.ts';
import type { AppEnv } from './app-env.ts';

const BEARER = /^Bearer ([\w.-]+)$/i;

export function bearerOf(authorization: string | null | undefined): string | undefined {
  return BEARER.exec(authorization ?? '')?.[1];
}

/** Who calls; throws when the endpoint asks for somebody else. */
export async function authenticate(
  deps: Deps,
  wanted: Endpoint['caller'],
  c: Context<AppEnv>,
): Promise<Caller | undefined> {
  if (wanted === 'anyone' || wanted === 'cookie') return undefined;
  const token = bearerOf(c.req.header('authorization'));
  if (token === undefined) throw new Problem('unauthorized');
  if (wanted === 'service') {
    const issuer = await deps.serviceTokens.verify(token, 'api');
    if (issuer === undefined) throw new Problem('unauthorized');
    return undefined;
  }
  const caller = await deps.accessTokens.verify(token);
  if (caller === 'expired') throw new Problem('token_expired');
  if (caller === 'bad' || (await isRevoked(deps, caller.sessionId))) {
    throw new Problem('unauthorized');
  }
  return caller;
}
