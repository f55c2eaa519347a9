import { A } from '@solidjs/router';
import { For, Show, createMemo } from 'solid-js';
import { usePanels } from '../servers/panels.tsx';
import { t } from '../strings/unread.ts';
import type { ServerState } from '../room/server-state.ts';
import { MentionBadge } from '../unread/badge.tsx';
import { useUnread } from '../unread/use-unread.ts';
import { useListedThreads } from './listed-threads.ts';

/** The active threads of a channel that concern the reader, under its row. */
export function ThreadRows(props: { parentId: string; state: ServerState }) {
  const threads = useListedThreads(() => props.state);
  const listed = createMemo(() => threads.listed(props.parentId));
  const ids = createMemo(() => listed().map(({ id }) => id));
  return (
    <Show when={ids().length > 0}>
      <ul
        data-still
        class="relative mt-px ml-[17px] flex flex-col gap-px border-l border-line pl-2"
      >
        <For each={ids()}>
          {(id) => (
            <li>
              <ThreadRow
                id={id}
                serverId={props.state.structure.server.id}
                name={listed().find((thread) => thread.id === id)?.name ?? ''}
                isOpen={threads.isOpen(id)}
              />
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}

function ThreadRow(props: { id: string; serverId: string; name: string; isOpen: boolean }) {
  const unread = useUnread();
  const panels = usePanels();
  const state = createMemo(() => unread.stateOf(props.id));
  const isBright = () => state().unread && !props.isOpen;
  return (
    <A
      href={`/servers/${props.serverId}/${props.id}`}
      aria-current={props.isOpen ? 'page' : undefined}
      aria-label={isBright() ? t('unread.channel', props.name, state().mentions) : undefined}
      onClick={() => panels.closeDrawers()}
      class="flex h-[30px] items-center gap-2 rounded-small px-2 transition-colors focus-visible:-outline-offset-2 pointer-coarse:h-11"
      classList={{
        'bg-raised-more text-ink': props.isOpen,
        'font-medium text-ink hover:bg-raised': isBright(),
        'text-second hover:bg-raised hover:text-ink': !props.isOpen && !isBright(),
      }}
    >
      <span class="min-w-0 flex-1 truncate">{props.name}</span>
      <MentionBadge count={isBright() ? state().mentions : 0} />
    </A>
  );
}
