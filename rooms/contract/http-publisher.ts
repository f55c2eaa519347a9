import { askUnder } from '@harmonium/api/request-id';
import type { Service, ServiceTokens } from '@harmonium/api/service-token';
import { z } from 'zod';
import { PublishAnswer, type RoomPublisher } from './publish.ts';

export interface HttpPublisherOptions {
  /** Where rooms are reached, without a slash at its end. */
  url: string;
  /** Who publishes. */
  issuer: Service;
  serviceTokens: ServiceTokens;
  /** Of the request that is published for; undefined: each publish has one of its own. */
  requestId?: () => string | undefined;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
}

const Answers = z.object({ answers: z.array(PublishAnswer) });

/** A room that takes longer is not worth a request that waits, in milliseconds. */
const PUBLISH_TIMEOUT_MS = 10_000;

/** Rooms of other processes or of PartyKit: `POST /parties/<party>/<room>`. */
export function createHttpPublisher(options: HttpPublisherOptions): RoomPublisher {
  const { url, issuer, serviceTokens, requestId, fetch } = options;
  return {
    async publish(party, roomId, events) {
      const authorization = `Bearer ${await serviceTokens.issue(issuer, 'rooms')}`;
      return askUnder(requestId?.() ?? crypto.randomUUID(), async (named) => {
        const response = await fetch(`${url}/parties/${party}/${roomId}`, {
          method: 'POST',
          headers: { authorization, 'content-type': 'application/json', ...named },
          body: JSON.stringify({ events }),
          signal: AbortSignal.timeout(PUBLISH_TIMEOUT_MS),
        });
        if (!response.ok) throw new Error(`a ${party} room answered ${response.status}`);
        const { answers } = Answers.parse(await response.json());
        if (answers.length !== events.length) throw new Error('a room left events unanswered');
        return answers;
      });
    },
  };
}
