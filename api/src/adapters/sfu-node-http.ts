import { Snowflake } from '@harmonium/api/ids';
import { askUnder } from '@harmonium/api/request-id';
import type { ServiceTokens } from '@harmonium/api/service-token';
import { z } from 'zod';
import type { Sfus } from '../sfus.ts';

/** What every node is asked alike. */
export type SfuNode = Omit<Sfus, 'choose' | 'trouble'> & {
  /** Quickly: whether it is there. @param id of the process that has to answer; absent: any */
  answers(id?: string): Promise<boolean>;
};

export interface SfuNodeOptions {
  serviceTokens: ServiceTokens;
  /** Of the request that it is asked for; undefined: each question has one of its own. */
  requestId?: () => string | undefined;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
}

const ANSWER_TIMEOUT_MS = 5_000;
const HEALTH_TIMEOUT_MS = 2_000;
const Health = z.object({ id: z.string() });
const Moved = z.object({ moved: z.boolean() });
const Places = z.array(z.object({ userId: Snowflake, channelId: Snowflake }));

/** One node of the sfu, in a process of its own. @param url without a slash at the end */
export function reachSfuNode(url: string, options: SfuNodeOptions): SfuNode {
  const { serviceTokens, requestId, fetch } = options;

  async function post(path: string, body: object): Promise<Response> {
    const authorization = `Bearer ${await serviceTokens.issue('api', 'sfu')}`;
    return askUnder(requestId?.() ?? crypto.randomUUID(), async (named) => {
      const response = await fetch(`${url}/sfu/${path}`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', ...named },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
      });
      if (!response.ok) throw new Error(`the voice server answered ${response.status}`);
      return response;
    });
  }

  return {
    async answers(id) {
      try {
        const signal = AbortSignal.timeout(HEALTH_TIMEOUT_MS);
        const response = await fetch(`${url}/health`, { method: 'GET', signal });
        if (id === undefined || !response.ok) return response.ok;
        // Who started again at the same address knows nothing of the one before's calls and tickets.
        return Health.parse(await response.json()).id === id;
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
