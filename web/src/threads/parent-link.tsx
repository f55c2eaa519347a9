import { A } from '@solidjs/router';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import Hash from 'lucide-solid/icons/hash';
import { Show } from 'solid-js';
import { useConversation } from '../channel/conversation.tsx';
import { useRooms } from '../room/rooms.tsx';
import { channelOf } from '../room/server-view.ts';

/** Back to the channel in which a thread began, before the thread's own name. */
export function ParentLink() {
  const conversation = useConversation();
  const rooms = useRooms();
  const parent = () => {
    const thread = conversation.channel();
    return thread?.parentId === undefined
      ? undefined
      : channelOf(rooms.server(thread.serverId), thread.parentId);
  };
  return (
    <Show when={parent()}>
      {(channel) => (
        <>
          <A
            href={`/servers/${channel().serverId}/${channel().id}`}
            class="flex min-w-0 max-w-[40%] shrink-0 items-center gap-2 rounded-small text-message max-tablet:-mr-2 text-second hover:text-ink hover:underline"
          >
            <Hash size={20} class="shrink-0 text-third" />
            <span class="truncate max-tablet:sr-only">{channel().name}</span>
          </A>
          <ChevronRight size={16} class="-mx-1 shrink-0 text-third" />
        </>
      )}
    </Show>
  );
}
