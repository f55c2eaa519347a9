import type { Party } from '../contract/publish.ts';
import type { ChannelSeat } from './channel-access.ts';
import { ChannelRoom } from './channel-room.ts';
import type { RoomDeps } from './deps.ts';
import type { Host, Room } from './host.ts';
import { ServerRoom } from './server-room.ts';
import type { ServerSeat } from './server-seat.ts';
import { UserRoom, type UserSeat } from './user-room.ts';

export type AnySeat = ChannelSeat | ServerSeat | UserSeat;

/** The room of a party. Seats come back from a host as what the same room gave it. */
export function createRoom(party: Party, host: Host<never>, deps: RoomDeps): Room<AnySeat> {
  switch (party) {
    case 'main':
      return new ChannelRoom(host, deps);
    case 'server':
      return new ServerRoom(host, deps);
    case 'user':
      return new UserRoom(host, deps);
  }
}
