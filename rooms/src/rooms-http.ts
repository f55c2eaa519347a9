import type { Service, ServiceTokens } from '@harmonium/api/service-token';
import { z } from 'zod';
import { PublishAnswer, type RoomPublisher } from '../contract/publish.ts';

const Answers = z.object({ answers: z.array(PublishAnswer) });
const TIMEOUT_MS = 10_000;

/** Reaches rooms over HTTP, wherever a proxy has put them. */
export function createHttpPublisher(options: {
  baseUrl: string;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  tokens: ServiceTokens;
  issuer?: Service;
}): RoomPublisher {
  return {
    async publish(party, roomId, events) {
      const token = await options.tokens.issue(options.issuer ?? 'rooms', 'rooms');
      const response = await options.fetch(`${options.baseUrl}/parties/${party}/${roomId}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ events }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!response.ok) throw new Error(`A room answered ${response.status}.`);
      return Answers.parse(await response.json()).answers;
    },
  };
}
