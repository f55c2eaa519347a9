import { directName } from '../room/direct-name.ts';
import { useRooms } from '../room/rooms.tsx';
import { channelOf } from '../room/server-view.ts';
import { useSession } from '../session-context.tsx';
import type { CallView } from './voice-context.tsx';

/** Where a call is: the name of its channel, or of the conversation. */
export function createPlaceName(call: () => CallView): () => string {
  const rooms = useRooms();
  const session = useSession();
  return () => {
    const { serverId, channelId } = call();
    if (serverId !== undefined) return channelOf(rooms.server(serverId), channelId)?.name ?? '';
    const conversation = rooms.direct()?.channel(channelId);
    return conversation === undefined ? '' : directName(conversation, session.user()?.id);
  };
}
