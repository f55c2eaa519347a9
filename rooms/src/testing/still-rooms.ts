import { afterEach, beforeEach } from 'vitest';
import { fakeRooms } from './fake-rooms.ts';
import { World } from './world.ts';

/** For each test rooms in memory of its own, under a clock that only the test moves. */
export function stillRooms() {
  let rooms = fakeRooms({ ticking: false });
  let world = new World(rooms);
  beforeEach(() => {
    rooms = fakeRooms({ ticking: false });
    world = new World(rooms);
  });
  afterEach(() => rooms.close());
  return {
    get rooms() {
      return rooms;
    },
    get world() {
      return world;
    },
  };
}
