import { createMemo } from 'solid-js';
import { useRooms } from '../room/rooms.tsx';
import { useUnread } from './use-unread.ts';

/** Somebody was named or written to, and was never asked whether to be told of it. */
export function createMayAsk(): () => boolean {
  const rooms = useRooms();
  const unread = useUnread();
  return createMemo(() => {
    if (unread.preferences.all().asked || !('Notification' in globalThis)) return false;
    if (Notification.permission !== 'default') return false;
    const isNamed = rooms.servers()?.some(({ id }) => unread.stateOfServer(id).mentions > 0);
    return isNamed === true || (rooms.direct()?.unread() ?? 0) > 0;
  });
}
