import type { ServiceTokens } from '@harmonium/api/service-token';
import { createHttpPublisher } from '@harmonium/rooms/http-publisher';
import type { Rooms } from '../rooms.ts';

export interface HttpRoomsOptions {
  /** Where the api reaches rooms, without a slash at the end. */
  url: string;
  /** Where clients reach them; absent: at the origin they came by. */
  publicUrl?: string | undefined;
  serviceTokens: ServiceTokens;
  /** Of the request that is published for; undefined: each publish has one of its own. */
  requestId?: () => string | undefined;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
}

const PING_TIMEOUT_MS = 2_000;

/** Rooms of other processes or of PartyKit. */
export function createHttpRooms(options: HttpRoomsOptions): Rooms {
  const { url, publicUrl, fetch } = options;
  const rooms = createHttpPublisher({ ...options, issuer: 'api' });
  return {
    publish: (party, roomId, events) => rooms.publish(party, roomId, events),
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
