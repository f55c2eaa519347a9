import type { Snowflake } from '@harmonium/api/ids';
import { createEffect, createSignal, onCleanup } from 'solid-js';
import { useRooms } from '../room/rooms.tsx';
import { useUnread } from './use-unread.ts';

/** What is on the screen of somebody who looks, down to its end, is read. */
export function createReading(place: {
  channelId: Snowflake;
  /** The youngest message there is. */
  last: () => Snowflake | undefined;
  isAtEnd: () => boolean;
}): void {
  const rooms = useRooms();
  const unread = useUnread();
  const isLooking = createLooking();
  createEffect(() => {
    const last = place.last();
    const isSeen = isLooking() && place.isAtEnd() && rooms.connection() === 'connected';
    if (last !== undefined && isSeen && unread.known()) unread.markRead(place.channelId, last);
  });
  onCleanup(() => unread.release(place.channelId));
}

/** The page is in front of somebody. */
export function createLooking(): () => boolean {
  const look = () => document.visibilityState === 'visible' && document.hasFocus();
  const [isLooking, setLooking] = createSignal(look());
  const update = () => setLooking(look());
  document.addEventListener('visibilitychange', update);
  addEventListener('focus', update);
  addEventListener('blur', update);
  onCleanup(() => {
    document.removeEventListener('visibilitychange', update);
    removeEventListener('focus', update);
    removeEventListener('blur', update);
  });
  return isLooking;
}
