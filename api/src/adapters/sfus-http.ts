import { Snowflake } from '@harmonium/api/ids';
import type { ServiceTokens } from '@harmonium/api/service-token';
import { z } from 'zod';
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

const ANSWER_TIMEOUT_MS = 5_000;
const HEALTH_TIMEOUT_MS = 2_000;
const Moved = z.object({ moved: z.boolean() });
const Places = z.array(z.object({ userId: Snowflake, channelId: Snowflake }));
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

  async function post(path: string, body: object): Promise<Response> {
    const token = await serviceTokens.issue('api', 'sfu');
    const response = await fetch(`${url}/sfu/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`the voice server answered ${response.status}`);
    return response;
  }

  return {
    trouble,
    async choose(_, origin) {
      const found = await trouble();
      return found ?? { url: `${(publicUrl ?? origin).replace(/^http/, 'ws')}/sfu` };
    },
    async disconnect(request) {
      await post('disconnect', request);
    },
    async accessChanged(request) {
      return Places.parse(await (await post('access-changed', request)).json());
    },
    async places(request) {
      return Places.parse(await (await post('places', request)).json());
    },
    async move(request) {
      return Moved.parse(await (await post('move', request)).json()).moved;
    },
    async permit(places) {
      await post('permissions', { places });
    },
  };
}
