import { z } from 'zod';
import type { ServiceTokens } from '@harmonium/api/service-token';
import { PublishAnswer, type RoomPublisher } from '@harmonium/rooms/publish';

const Answers = z.object({ answers: z.array(PublishAnswer) });
const LIMIT_MS = 10_000;

interface RoomsHttpOptions {
  /** Origin of the rooms, without a slash at its end. */
  url: string;
  serviceTokens: ServiceTokens;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
}

/** Rooms that another process holds. */
export function createRoomsHttp({ url, serviceTokens, fetch }: RoomsHttpOptions): RoomPublisher {
  return {
    async publish(party, roomId, events) {
      const token = await serviceTokens.issue('sfu', 'rooms');
      const response = await fetch(`${url}/parties/${party}/${roomId}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ events }),
        signal: AbortSignal.timeout(LIMIT_MS),
      });
      if (!response.ok) throw new Error(`The room answered ${response.status}.`);
      return Answers.parse(await response.json()).answers;
    },
  };
}
