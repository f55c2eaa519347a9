import type { Snowflake } from '@harmonium/api/ids';
import { ACCESS_TOKEN_TTL_S } from '@harmonium/api/session';
import type { Deps } from '../deps.ts';

const keyOf = (sessionId: Snowflake) => `session-revoked:${sessionId}`;

/** Makes the access tokens of an ended session void, as long as any of them could still be good. */
export async function rememberRevoked(deps: Deps, sessionId: Snowflake): Promise<void> {
  try {
    await deps.cache.set(keyOf(sessionId), '1', ACCESS_TOKEN_TTL_S);
  } catch (problem) {
    deps.log.warn('access tokens of an ended session stay good until they end', {
      sessionId,
      error: problem,
    });
  }
}

/** A cache that is away must not lock everyone out: tokens are then good until they end. */
export async function isRevoked(deps: Deps, sessionId: Snowflake): Promise<boolean> {
  try {
    return (await deps.cache.get(keyOf(sessionId))) !== undefined;
  } catch (problem) {
    deps.log.warn('cache does not answer', { error: problem });
    return false;
  }
}
