import type { Snowflake } from '@harmonium/api/ids';
import type { Thread } from '@harmonium/api/thread';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import MessagesSquare from 'lucide-solid/icons/messages-square';
import { Show, createResource } from 'solid-js';
import { useConversation } from '../channel/conversation.tsx';
import { useRooms } from '../room/rooms.tsx';
import { channelOf } from '../room/server-view.ts';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/threads.ts';
import { useUnread } from '../unread/use-unread.ts';
import { factsLine } from './facts-line.ts';
import { settled } from './settled.ts';
import { threadFacts } from './thread-facts.ts';

/** What was just written is counted when it is stored. */
const STORED_AFTER_MS = 1_500;

/** Under the message with which a thread begins: what it is called, and how it goes on. */
export function ThreadChip(props: { threadId: Snowflake }) {
  const conversation = useConversation();
  const rooms = useRooms();
  const unread = useUnread();
  const call = useApi();
  const serverId = () => conversation.channel()?.serverId ?? '';
  const live = () => channelOf(rooms.server(serverId()), props.threadId);
  // Asked again when somebody has written there, or it went into the archive.
  const [facts] = createResource<Thread | undefined, string>(
    () => `${props.threadId} ${unread.latest(props.threadId)} ${live() !== undefined}`,
    async (_, { value }) => {
      if (value !== undefined) await new Promise((resolve) => setTimeout(resolve, STORED_AFTER_MS));
      const { threadId } = props;
      const found = await threadFacts(call, conversation.room.id, threadId);
      if (found !== 'gone') return found;
      conversation.missThread(threadId);
      return undefined;
    },
  );
  const name = () => live()?.name ?? settled(facts)?.channel.name;
  const isBright = () => unread.stateOf(props.threadId).unread;
  return (
    <Show when={name()}>
      {(called) => (
        <button
          type="button"
          aria-label={t('threads.open', called())}
          class="mt-1.5 mb-1 flex max-w-full items-center gap-2.5 rounded-medium border border-line bg-side py-1.5 pr-2 pl-3 text-left text-list transition hover:border-third/50 hover:bg-raised active:scale-[0.99] pointer-coarse:min-h-11"
          onClick={() => conversation.openThread(props.threadId)}
        >
          <MessagesSquare
            size={16}
            class={`shrink-0 ${isBright() ? 'text-brass-ink' : 'text-third'}`}
          />
          <span class="min-w-0 truncate font-medium text-ink">{called()}</span>
          <Show when={settled(facts)}>
            {(known) => (
              <span
                class="shrink-0 text-label max-[420px]:hidden"
                classList={{
                  'text-brass-ink font-medium': isBright(),
                  'text-third': !isBright(),
                }}
              >
                {factsLine(known(), unread.latest(props.threadId), Date.now())}
              </span>
            )}
          </Show>
          <ChevronRight size={15} class="shrink-0 text-third" />
        </button>
      )}
    </Show>
  );
}
