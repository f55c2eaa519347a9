import type { Member } from '@harmonium/api/member';
import { createSignal } from 'solid-js';
import { useRooms } from '../room/rooms.tsx';
import { useApi } from '../session-context.tsx';

/**
 * Members by id, also those who are on no page that is loaded. Undefined until known; null: there is
 * no such member.
 */
export function createMemberLookup(
  serverId: () => string,
): (userId: string) => Member | null | undefined {
  const rooms = useRooms();
  const call = useApi();
  const [found, setFound] = createSignal<ReadonlyMap<string, Member | null>>(new Map());
  const asked = new Set<string>();

  async function ask(userId: string): Promise<void> {
    const params = { id: serverId(), uid: userId };
    const member = await call('GET /api/servers/:id/members/:uid', { params }).catch(() => null);
    setFound((held) => new Map(held).set(userId, member));
  }

  return (userId) => {
    const listed = rooms.members(serverId()).get(userId);
    if (listed !== undefined) return listed;
    const known = found().get(userId);
    if (known === undefined && !asked.has(userId)) {
      asked.add(userId);
      void ask(userId);
    }
    return known;
  };
}
