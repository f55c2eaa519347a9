import type { RoomPublisher } from '@harmonium/rooms/publish';
import type { Rooms } from '../rooms.ts';

/** Rooms of this very process, reached by clients at the origin they came by. */
export function createLocalRooms(publisher: RoomPublisher): Rooms {
  return {
    publish: (party, roomId, events) => publisher.publish(party, roomId, events),
    address: (party, roomId, origin) =>
      `${origin.replace(/^http/, 'ws')}/parties/${party}/${roomId}`,
    ping: () => Promise.resolve(),
  };
}
