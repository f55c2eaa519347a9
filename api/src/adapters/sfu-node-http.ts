import { Snowflake } from '@harmonium/api/ids';
import type { ServiceTokens } from '@harmonium/api/service-token';
import { z } from 'zod';
import type { Sfus } from '../sfus.ts';

/** What every node is asked alike. */
export type SfuNode = Omit<Sfus, 'choose' | 'trouble'> & {
  /** Quickly: whether it is there. */
  answers(): Promise<boolean>;
};

export interface SfuNodeOptions {
  serviceTokens: ServiceTokens;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
}

const ANSWER_TIMEOUT_MS = 5_000;
const HEALTH_TIMEOUT_MS = 2_000;
const Moved = z.object({ moved: z.boolean() });
const Places = z.array(z.object({ userId: Snowflake, channelId: Snowflake }));

/** One node of the sfu, in a process of its own. @param url without a slash at the end */
export function reachSfuNode(url: string, { serviceTokens, fetch }: SfuNodeOptions): SfuNode {
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
    async answers() {
      try {
        const signal = AbortSignal.timeout(HEALTH_TIMEOUT_MS);
        return (await fetch(`${url}/health`, { method: 'GET', signal })).ok;
      } catch {
        return false;
      }
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
