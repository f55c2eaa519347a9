import type { Snowflake } from '@harmonium/api/ids';
import type { Party, RoomPublisher } from '@harmonium/rooms/publish';

export interface Rooms extends RoomPublisher {
  /** The socket address of a room without query, for a client that came by `origin`. */
  address(party: Party, roomId: Snowflake, origin: string): string;
  /** Throws when no room can be reached. */
  ping(): Promise<void>;
}
