import type { Channel } from '@harmonium/api/channel';
import { A } from '@solidjs/router';
import Maximize2 from 'lucide-solid/icons/maximize-2';
import MessagesSquare from 'lucide-solid/icons/messages-square';
import X from 'lucide-solid/icons/x';
import { Show, createMemo } from 'solid-js';
import { ChannelPane } from '../channel/channel-pane.tsx';
import { MessageSkeletons } from '../channel/message-skeletons.tsx';
import { Button } from '../design/button.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { IconButton } from '../design/icon-button.tsx';
import type { ServerState } from '../room/server-state.ts';
import { channelOf } from '../room/server-view.ts';
import { t as words } from '../strings/strings.ts';
import { t } from '../strings/threads.ts';
import { createOpenChannel } from './open-channel.ts';
import { ThreadMenu } from './thread-menu.tsx';

interface ThreadBesideProps {
  state: ServerState;
  threadId: string;
  onClose: () => void;
}

/** A thread in a column of its own, beside the channel in which it began. */
export function ThreadBeside(props: ThreadBesideProps) {
  const { channel, archived, isLooking } = createOpenChannel(
    () => props.state,
    () => props.threadId,
  );
  /** As it was while it could be seen: whoever reads it when it goes is told which one went. */
  const last = createMemo<Channel | undefined>(
    (before) => channel() ?? (before?.id === props.threadId ? before : undefined),
  );
  const origin = () => {
    const parent = channelOf(props.state, last()?.parentId ?? '');
    return parent === undefined ? undefined : words('channel.threadIn', parent.name);
  };
  const header = () => (
    <header class="flex h-[52px] shrink-0 items-center gap-2 border-b border-line pr-3 pl-4">
      <MessagesSquare size={18} class="shrink-0 text-third" />
      <div class="min-w-0 flex-1 leading-tight">
        <h2 class="truncate text-message font-bold">{last()?.name ?? t('threads.nameless')}</h2>
        <Show when={origin()}>
          {(sentence) => <p class="truncate text-label text-third">{sentence()}</p>}
        </Show>
      </div>
      <Show when={channel()}>
        {(thread) => (
          <>
            <ThreadMenu thread={thread()} state={props.state} onGone={props.onClose} />
            <A
              href={`/servers/${props.state.structure.server.id}/${props.threadId}`}
              aria-label={words('channel.openThreadAlone')}
              title={words('channel.openThreadAlone')}
              class="touch-target grid size-8 shrink-0 place-items-center rounded-small text-second transition hover:bg-raised hover:text-ink"
            >
              <Maximize2 size={16} />
            </A>
          </>
        )}
      </Show>
      <IconButton label={words('channel.closeThread')} onClick={() => props.onClose()}>
        <X size={18} />
      </IconButton>
    </header>
  );
  return (
    <aside
      aria-label={origin() ?? t('threads.nameless')}
      class="flex w-[clamp(340px,34vw,480px)] shrink-0 flex-col border-l border-line bg-main"
    >
      <Show
        when={channel()?.id}
        fallback={
          <>
            {header()}
            <Show
              when={!isLooking()}
              fallback={<MessageSkeletons rows={4} label={t('threads.title')} />}
            >
              <EmptyState title={t('threads.gone')} sentence={t('threads.goneSentence')}>
                <Button look="quiet" onClick={() => props.onClose()}>
                  {t('threads.close')}
                </Button>
              </EmptyState>
            </Show>
          </>
        }
      >
        {(id) => (
          <ChannelPane
            serverId={props.state.structure.server.id}
            channelId={id()}
            messageId={undefined}
            archived={archived()}
            isBeside
            header={header()}
            onOpenMenu={() => {}}
            onToggleMembers={() => {}}
          />
        )}
      </Show>
    </aside>
  );
}
