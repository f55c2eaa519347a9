import { Show } from 'solid-js';
import { useConversation } from '../channel/conversation.tsx';
import { useRooms } from '../room/rooms.tsx';
import { ThreadMenu } from './thread-menu.tsx';

/** The menu of the thread that is on the screen by itself. */
export function OpenThreadMenu() {
  const conversation = useConversation();
  const rooms = useRooms();
  return (
    <Show when={conversation.channel()}>
      {(thread) => (
        <Show when={rooms.server(thread().serverId)}>
          {(state) => <ThreadMenu thread={thread()} state={state()} />}
        </Show>
      )}
    </Show>
  );
}
