import { useRooms } from '../room/rooms.tsx';
import type { Unread } from './create-unread.ts';

/** What is not read, and what the user wants to be told of. */
export function useUnread(): Unread {
  return useRooms().unread;
}
