import type { Channel } from '@harmonium/api/channel';
import type { MetEmoji } from '@harmonium/api/emoji';
import type { Role } from '@harmonium/api/role';
import type { User } from '@harmonium/api/user';
import { useRooms } from '../../room/rooms.tsx';
import { channelOf } from '../../room/server-view.ts';
import { useConversation } from '../conversation.tsx';

/** What the ids in a message stand for here; undefined: nobody, or nothing, that one sees. */
export interface Names {
  user(id: string): User | undefined;
  role(id: string): Role | undefined;
  channel(id: string): Channel | undefined;
  emoji(id: string): MetEmoji | undefined;
}

export function useNames(): Names {
  const rooms = useRooms();
  const conversation = useConversation();
  const serverId = () => conversation.channel()?.serverId;
  const server = () => {
    const id = serverId();
    return id === undefined ? undefined : rooms.server(id);
  };
  const member = (id: string): User | undefined => {
    const inServer = serverId();
    if (inServer !== undefined) return rooms.members(inServer).get(id)?.user;
    return conversation.direct()?.participants.find((person) => person.id === id);
  };
  return {
    // Whoever left is still known by what they wrote.
    user: (id) => member(id) ?? writer(conversation.room.timeline().messages, id),
    role: (id) => server()?.structure.roles.find((role) => role.id === id),
    channel: (id) => channelOf(server(), id),
    emoji: conversation.emoji.find,
  };
}

function writer(messages: readonly { author: User }[], id: string): User | undefined {
  return messages.find(({ author }) => author.id === id)?.author;
}
