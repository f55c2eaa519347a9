import { useConversation } from '../channel/conversation.tsx';
import { displayName } from '../room/member-groups.ts';
import { useRooms } from '../room/rooms.tsx';
import type { NameOf } from './named-text.ts';

/** What people, roles and channels are called where one writes, as far as this page knows them. */
export function createNameOf(): NameOf {
  const rooms = useRooms();
  const conversation = useConversation();
  return (mention) => {
    const serverId = conversation.channel()?.serverId;
    const state = serverId === undefined ? undefined : rooms.server(serverId);
    switch (mention.kind) {
      case 'user': {
        const member = serverId === undefined ? undefined : rooms.members(serverId).get(mention.id);
        if (member !== undefined) return `@${displayName(member)}`;
        const people = conversation.direct()?.participants;
        const person = people?.find(({ id }) => id === mention.id);
        return person === undefined ? undefined : `@${person.username}`;
      }
      case 'role': {
        const role = state?.structure.roles.find(({ id }) => id === mention.id);
        return role === undefined ? undefined : `@${role.name}`;
      }
      case 'channel': {
        const channel = state?.structure.channels.find(({ id }) => id === mention.id);
        return channel === undefined ? undefined : `#${channel.name}`;
      }
      case 'emoji':
        return `:${mention.name}:`;
    }
  };
}
