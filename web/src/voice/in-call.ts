import type { VoiceState } from '@harmonium/rooms/voice-state';
import { useRooms } from '../room/rooms.tsx';
import { memberName } from '../room/member-groups.ts';
import { voiceIn } from '../room/server-view.ts';
import type { CallView } from './voice-context.tsx';

/** Who is in a call, wherever it is, and what they are called there. */
export function createInCall(call: () => CallView | undefined) {
  const rooms = useRooms();
  return {
    inside(): readonly VoiceState[] {
      const standing = call();
      if (standing === undefined) return [];
      const { serverId, channelId } = standing;
      if (serverId !== undefined) return voiceIn(rooms.server(serverId), channelId);
      return rooms.direct()?.inCall(channelId) ?? [];
    },
    nameOf(user: VoiceState['user']): string {
      const serverId = call()?.serverId;
      return serverId === undefined ? user.username : memberName(rooms.members(serverId), user);
    },
  };
}
