import type { Snowflake } from '@harmonium/api/ids';
import type { Outbox } from './outbox.ts';

/** Channels opened behind the reader's back at the same time. */
const MAX_CARRIED = 3;

interface CourierDeps {
  outbox: Pick<Outbox, 'waiting' | 'listen'>;
  room: (id: Snowflake) => { open(): void; close(): void; flush(): void };
  /** Whether a channel is on the screen, and so sends what is its own. */
  isShown: (id: string) => boolean;
}

/** Brings what was written to channels that are not on the screen where it belongs. */
export function createCourier({ outbox, room, isShown }: CourierDeps) {
  const carried = new Set<Snowflake>();

  /** Opens rooms in which something waits, and closes those in which nothing does any more. */
  function look(): void {
    const wanted = outbox
      .waiting()
      .filter((id) => !isShown(id))
      .slice(0, MAX_CARRIED);
    for (const id of carried) {
      if (wanted.includes(id)) continue;
      carried.delete(id);
      if (!isShown(id)) room(id).close();
    }
    for (const id of wanted) {
      if (carried.has(id)) continue;
      carried.add(id);
      room(id).open();
    }
  }

  const stop = outbox.listen((id, isAdopted) => {
    if (isAdopted && (carried.has(id) || isShown(id))) room(id).flush();
    look();
  });

  return {
    /** Another channel is on the screen. */
    look,
    carries: (id: string): boolean => carried.has(id as Snowflake), // Only compared.
    stop,
  };
}
