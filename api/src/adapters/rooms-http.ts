import type { ServiceTokens } from '@harmonium/api/service-token';
import { PublishAnswer } from '@harmonium/rooms/publish';
import { z } from 'zod';
import type { Rooms } from '../rooms.ts';

export interface HttpRoomsOptions {
  /** Where the api reaches rooms, without a slash at the end. */
  url: string;
  /** Where clients reach them; absent: at the origin they came by. */
  publicUrl?: string | undefined;
  serviceTokens: ServiceTokens;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
}

const Answers = z.object({ answers: z.array(PublishAnswer) });

/** A room that takes longer is not worth a request that waits, in milliseconds. */
const PUBLISH_TIMEOUT_MS = 10_000;
const PING_TIMEOUT_MS = 2_000;

/** Rooms of other processes or of PartyKit: `POST /parties/<party>/<room>`. */
export function createHttpRooms(options: HttpRoomsOptions): Rooms {
  const { url, publicUrl, serviceTokens, fetch } = options;
  return {
    async publish(party, roomId, events) {
      const token = await serviceTokens.issue('api', 'rooms');
      const response = await fetch(`${url}/parties/${party}/${roomId}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ events }),
        signal: AbortSignal.timeout(PUBLISH_TIMEOUT_MS),
      });
      if (!response.ok) throw new Error(`a ${party} room answered ${response.status}`);
      const { answers } = Answers.parse(await response.json());
      if (answers.length !== events.length) throw new Error('a room left events unanswered');
      return answers;
    },
    address: (party, roomId, origin) =>
      `${(publicUrl ?? origin).replace(/^http/, 'ws')}/parties/${party}/${roomId}`,
    async ping() {
      const signal = AbortSignal.timeout(PING_TIMEOUT_MS);
      const response = await fetch(`${url}/health`, { method: 'GET', signal });
      // PartyKit has no such page; that it says so proves that it is there.
      if (!response.ok && response.status !== 404) {
        throw new Error(`rooms answered ${response.status}`);
      }
    },
  };
}
