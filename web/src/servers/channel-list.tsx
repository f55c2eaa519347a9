import {
  For,
  Show,
  createEffect,
  createMemo,
  createSignal,
  createUniqueId,
  onCleanup,
} from 'solid-js';
import { Button } from '../design/button.tsx';
import { useToasts } from '../design/toast.tsx';
import { problemSentence } from '../problems.ts';
import type { ServerState } from '../room/server-state.ts';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/strings.ts';
import type { Arrangement } from './arrange-channels.ts';
import { ChannelGroupSection } from './channel-group-section.tsx';
import { groupChannels } from './channel-order.ts';
import { createCollapsed } from './collapsed.ts';
import { useAsk } from './dialogs.tsx';
import { myRights } from './my-permissions.ts';

export function ChannelList(props: { state: ServerState }) {
  const ask = useAsk();
  const hintId = createUniqueId();
  const collapsed = createCollapsed(localStorage);
  const mayManage = createMemo(() => myRights(props.state, Date.now()).canManageChannels);
  const [list, setList] = createSignal<HTMLElement>();
  const arranging = createArranging(() => props.state, mayManage, list);
  const structure = (): Arrangement => arranging.shown() ?? props.state.structure;
  const groups = createMemo(() => groupChannels(structure(), { withEmptyCategories: mayManage() }));
  /** Keys, not groups: what stays is not drawn anew. */
  const keys = createMemo(() => groups().map(({ key }) => key));

  const create = (type: 'text' | 'voice' = 'text', categoryId?: string) => {
    const { server, categories } = props.state.structure;
    ask({ about: 'new-channel', server, categories, type, categoryId });
  };
  return (
    <nav
      ref={setList}
      aria-label={t('channels.label')}
      aria-describedby={mayManage() ? hintId : undefined}
      class="flex-1 overflow-y-auto overscroll-contain p-2 pb-4"
    >
      <Show
        when={props.state.structure.channels.length > 0}
        fallback={<NoChannels mayCreate={mayManage()} onCreate={() => create()} />}
      >
        <For each={keys()}>
          {(key) => (
            <Show when={groups().find((group) => group.key === key)}>
              {(group) => (
                <ChannelGroupSection
                  group={group()}
                  state={props.state}
                  collapsed={collapsed}
                  hasHeading={
                    group().kind !== 'text' || groups().every((one) => one.kind !== 'category')
                  }
                  onCreate={
                    mayManage()
                      ? () =>
                          create(group().kind === 'voice' ? 'voice' : 'text', group().category?.id)
                      : undefined
                  }
                />
              )}
            </Show>
          )}
        </For>
      </Show>
      <Show when={mayManage()}>
        <p id={hintId} class="sr-only">
          {t('channels.arrangeHint')}
        </p>
        <p role="status" class="sr-only">
          {arranging.said()}
        </p>
      </Show>
    </nav>
  );
}

/** For those who may, channels can be put in another order; how, loads with them. */
function createArranging(
  state: () => ServerState,
  mayManage: () => boolean,
  list: () => HTMLElement | undefined,
) {
  const call = useApi();
  const toasts = useToasts();
  const [shown, setShown] = createSignal<Arrangement>();
  const [said, setSaid] = createSignal('');

  createEffect(() => {
    const element = list();
    if (!mayManage() || element === undefined) return;
    let stop = (): void => {};
    let isOver = false;
    onCleanup(() => {
      isOver = true;
      stop();
    });
    async function start(watched: HTMLElement): Promise<void> {
      const { arrangeChannels } = await import('./arrange-channels.ts');
      if (isOver) return;
      stop = arrangeChannels(watched, {
        structure: () => state().structure,
        call,
        show: setShown,
        say: setSaid,
        onRefused: (problem) => toasts.complain(problemSentence(problem)),
      });
    }
    start(element).catch(() => {
      // The list works without; another visit loads it.
    });
  });
  return { shown, said };
}

function NoChannels(props: { mayCreate: boolean; onCreate: () => void }) {
  return (
    <div class="px-3 py-8 text-center">
      <p class="font-medium">{t('channels.emptyTitle')}</p>
      <p class="mt-1 mb-5 text-second">
        {props.mayCreate ? t('channels.emptySentence') : t('channels.emptyMember')}
      </p>
      <Show when={props.mayCreate}>
        <Button look="quiet" onClick={() => props.onCreate()}>
          {t('servers.createChannel')}
        </Button>
      </Show>
    </div>
  );
}
