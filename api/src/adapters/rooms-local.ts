import type { RoomPublisher } from '@harmonium/rooms/publish';
import type { Rooms } from '../rooms.ts';

interface LocalRooms {
  publisher: RoomPublisher;
  /** Throws when some cannot be reached. */
  stats(): Promise<unknown>;
}

/** Rooms behind this very port, reached by clients at the origin they came by. */
export function createLocalRooms(local: LocalRooms): Rooms {
  return {
    publish: (party, roomId, events) => local.publisher.publish(party, roomId, events),
    address: (party, roomId, origin) =>
      `${origin.replace(/^http/, 'ws')}/parties/${party}/${roomId}`,
    async ping() {
      await local.stats();
    },
  };
}
