import type { Thread } from '@harmonium/api/thread';
import MessagesSquare from 'lucide-solid/icons/messages-square';
import { For, Match, Show, Switch, createEffect, createSignal, on } from 'solid-js';
import { useConversation } from '../channel/conversation.tsx';
import { HeaderPanel } from '../channel/header-panel.tsx';
import { MessageSkeletons } from '../channel/message-skeletons.tsx';
import { Button } from '../design/button.tsx';
import { Segments } from '../design/segments.tsx';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/threads.ts';
import { useUnread } from '../unread/use-unread.ts';
import { factsLine } from './facts-line.ts';
const PAGE = 50;

type Which = 'active' | 'archived';

/** The threads of the channel, under their button; from below on a phone. */
export function ThreadsPanel(props: { at: DOMRect; onClose: () => void }) {
  const [which, setWhich] = createSignal<Which>('active');
  const list = createThreadList(which);
  return (
    <HeaderPanel
      at={props.at}
      icon={<MessagesSquare size={16} />}
      title={t('threads.title')}
      closeLabel={t('threads.close')}
      onClose={props.onClose}
    >
      <div class="px-4 pb-3">
        <Segments
          label={t('threads.which')}
          value={which()}
          choices={[
            { value: 'active', label: t('threads.active') },
            { value: 'archived', label: t('threads.archived') },
          ]}
          onChange={setWhich}
        />
      </div>
      <div class="min-h-40 flex-1 overflow-y-auto overscroll-contain px-3 pb-[max(12px,env(safe-area-inset-bottom))]">
        <Switch>
          <Match when={list.state() === 'failed' && list.threads().length === 0}>
            <div class="flex flex-wrap items-center justify-center gap-3 px-4 py-8 text-second">
              {t('threads.failed')}
              <Button look="quiet" onClick={() => void list.load()}>
                {t('threads.retry')}
              </Button>
            </div>
          </Match>
          <Match when={list.state() === 'loading' && list.threads().length === 0}>
            <MessageSkeletons rows={3} label={t('threads.title')} />
          </Match>
          <Match when={list.threads().length === 0}>
            <Empty which={which()} />
          </Match>
          <Match when={true}>
            <ul class="flex flex-col gap-1">
              <For each={list.threads()}>
                {(thread) => <ThreadLine thread={thread} onOpen={props.onClose} />}
              </For>
            </ul>
            <Show when={list.hasMore()}>
              <div class="grid place-items-center py-3">
                <Button
                  look="quiet"
                  busy={list.state() === 'loading'}
                  onClick={() => void list.load()}
                >
                  {t('threads.more')}
                </Button>
              </div>
            </Show>
          </Match>
        </Switch>
      </div>
    </HeaderPanel>
  );
}

/** Page by page; another kind begins anew. */
function createThreadList(which: () => Which) {
  const call = useApi();
  const { room } = useConversation();
  const [threads, setThreads] = createSignal<readonly Thread[]>([]);
  const [state, setState] = createSignal<'loading' | 'ready' | 'failed'>('loading');
  const [hasMore, setHasMore] = createSignal(false);

  async function load(): Promise<void> {
    const asked = which();
    const before = threads().at(-1)?.channel.id;
    setState('loading');
    try {
      const page = await call('GET /api/channels/:id/threads', {
        params: { id: room.id },
        query: {
          archived: asked === 'archived' ? 'true' : 'false',
          limit: PAGE,
          ...(before !== undefined && { before }),
        },
      });
      if (asked !== which()) return;
      setThreads((known) => [...known, ...page]);
      setHasMore(page.length === PAGE);
      setState('ready');
    } catch {
      if (asked === which()) setState('failed');
    }
  }

  createEffect(
    on(which, () => {
      setThreads([]);
      setHasMore(false);
      void load();
    }),
  );
  return { threads, state, hasMore, load };
}

function ThreadLine(props: { thread: Thread; onOpen: () => void }) {
  const conversation = useConversation();
  const unread = useUnread();
  const id = () => props.thread.channel.id;
  const isBright = () => unread.stateOf(id()).unread;
  return (
    <li>
      <button
        type="button"
        class="flex w-full flex-col gap-0.5 rounded-medium px-3 py-2.5 text-left transition hover:bg-raised"
        onClick={() => {
          props.onOpen();
          conversation.openThread(id());
        }}
      >
        <span class="flex w-full items-center gap-2">
          <span
            class="min-w-0 flex-1 truncate text-message"
            classList={{ 'font-bold text-ink': isBright(), 'font-medium text-ink': !isBright() }}
          >
            {props.thread.channel.name}
          </span>
          <Show when={isBright()}>
            <span aria-hidden="true" class="size-2 shrink-0 rounded-full bg-brass" />
          </Show>
        </span>
        <span class="text-label text-third">
          {factsLine(props.thread, unread.latest(id()), Date.now())}
        </span>
      </button>
    </li>
  );
}

function Empty(props: { which: Which }) {
  return (
    <div class="grid justify-items-center gap-1 px-6 pt-4 pb-8 text-center">
      <span class="mb-2 grid size-12 place-items-center rounded-large bg-raised text-third">
        <MessagesSquare size={22} />
      </span>
      <p class="font-bold">
        {props.which === 'active' ? t('threads.emptyActive') : t('threads.emptyArchived')}
      </p>
      <p class="text-second">
        {props.which === 'active'
          ? t('threads.emptyActiveSentence')
          : t('threads.emptyArchivedSentence')}
      </p>
    </div>
  );
}
