import type { ServiceTokens } from '@harmonium/api/service-token';
import type { DisconnectRequest } from '@harmonium/sfu/node';
import type { NoVoice, Sfus } from '../sfus.ts';

export interface HttpSfusOptions {
  /** Where the api reaches the node, without a slash at the end. */
  url: string;
  /** Where clients reach it; absent: at the origin they came by. */
  publicUrl?: string | undefined;
  serviceTokens: ServiceTokens;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  now: () => number;
}

const DISCONNECT_TIMEOUT_MS = 5_000;
const HEALTH_TIMEOUT_MS = 2_000;
/** How long an answer to "are you there?" is good for. */
const HEALTH_TTL_MS = 10_000;

/** The one node of a separate process that carries every call. */
export function createHttpSfus(options: HttpSfusOptions): Sfus {
  const { url, publicUrl, serviceTokens, fetch, now } = options;
  let known: { trouble: NoVoice | undefined; until: number } | undefined;

  async function trouble(): Promise<NoVoice | undefined> {
    if (known !== undefined && known.until > now()) return known.trouble;
    const isThere = await answersHealth();
    const found = isThere ? undefined : { reason: 'The voice server does not answer.' };
    known = { trouble: found, until: now() + HEALTH_TTL_MS };
    return found;
  }

  async function answersHealth(): Promise<boolean> {
    try {
      const signal = AbortSignal.timeout(HEALTH_TIMEOUT_MS);
      return (await fetch(`${url}/health`, { method: 'GET', signal })).ok;
    } catch {
      return false;
    }
  }

  return {
    trouble,
    async choose(_, origin) {
      const found = await trouble();
      return found ?? { url: `${(publicUrl ?? origin).replace(/^http/, 'ws')}/sfu` };
    },
    async disconnect(request: DisconnectRequest) {
      const token = await serviceTokens.issue('api', 'sfu');
      const response = await fetch(`${url}/sfu/disconnect`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(request),
        signal: AbortSignal.timeout(DISCONNECT_TIMEOUT_MS),
      });
      if (!response.ok) throw new Error(`the voice server answered ${response.status}`);
    },
  };
}
