import { createMemberLookup } from '../members/member-lookup.ts';
import { displayName } from '../room/member-groups.ts';
import { useRooms } from '../room/rooms.tsx';
import type { Ground } from './search.ts';

/** What people, roles and channels are called where is searched; undefined: not known. */
export interface FoundNames {
  user: (id: string) => string | undefined;
  role: (id: string) => string | undefined;
  channel: (id: string) => string | undefined;
  /** 0xRRGGBB of a person's highest coloured role. */
  color: (userId: string) => number | undefined;
}

export function createFoundNames(ground: () => Ground): FoundNames {
  const rooms = useRooms();
  const lookup = createMemberLookup(() => ground().serverId ?? '');
  const structure = () => {
    const { serverId } = ground();
    return serverId === undefined ? undefined : rooms.server(serverId)?.structure;
  };
  const memberOf = (id: string) => (ground().serverId === undefined ? undefined : lookup(id));
  const participants = () =>
    ground().serverId === undefined
      ? (rooms.direct()?.channel(ground().channelId)?.participants ?? [])
      : [];
  return {
    user(id) {
      const member = memberOf(id);
      if (member !== undefined && member !== null) return displayName(member);
      return participants().find((user) => user.id === id)?.username;
    },
    role: (id) => structure()?.roles.find((role) => role.id === id)?.name,
    channel: (id) => structure()?.channels.find((channel) => channel.id === id)?.name,
    color(userId) {
      const held = memberOf(userId)?.roles ?? [];
      const coloured = (structure()?.roles ?? []).filter(
        (role) => role.color !== null && held.includes(role.id),
      );
      const [top] = coloured.sort((one, other) => other.position - one.position);
      return top?.color ?? undefined;
    },
  };
}
