import type { DirectChannel } from '@harmonium/api/direct';
import { A, useNavigate, useParams } from '@solidjs/router';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import Pencil from 'lucide-solid/icons/pencil';
import Plus from 'lucide-solid/icons/plus';
import UsersRound from 'lucide-solid/icons/users-round';
import Volume2 from 'lucide-solid/icons/volume-2';
import X from 'lucide-solid/icons/x';
import { For, Match, Show, Switch, createMemo, createSignal } from 'solid-js';
import { Button } from '../design/button.tsx';
import { Menu, MenuItem, MenuLine } from '../design/menu.tsx';
import { openMenuOf } from '../design/open-menu-of.ts';
import { SkeletonRows } from '../design/skeleton.tsx';
import { useToasts } from '../design/toast.tsx';
import { problemSentence } from '../problems.ts';
import { directName } from '../room/direct-name.ts';
import { useRooms } from '../room/rooms.tsx';
import { usePanels } from '../servers/panels.tsx';
import { useSession } from '../session-context.tsx';
import { t } from '../strings/direct.ts';
import { t as tc } from '../strings/strings.ts';
import { t as tu } from '../strings/unread.ts';
import { NotifyItems } from '../unread/notify-menu.ts';
import { useUnread } from '../unread/use-unread.ts';
import type { Direct } from './create-direct.ts';
import { DirectAvatar } from './direct-avatar.tsx';
import { GroupDialog } from './group-dialog.tsx';
import { WithDirect } from './with-direct.tsx';

/** Friends, and the conversations one has. */
export function DirectSidebar() {
  return (
    <>
      <header class="flex h-[52px] shrink-0 items-center border-b border-rail px-4 text-message font-bold">
        {t('direct.label')}
      </header>
      <nav
        aria-label={t('direct.label')}
        class="flex-1 overflow-y-auto overscroll-contain px-2 py-3"
      >
        <WithDirect fallback={<Loading />}>
          {(direct) => (
            <>
              <FriendsLink direct={direct} />
              <Conversations direct={direct} />
            </>
          )}
        </WithDirect>
      </nav>
    </>
  );
}

const ROW =
  'flex items-center gap-3 rounded-small px-2 text-message transition-colors focus-visible:-outline-offset-2';

function FriendsLink(props: { direct: Direct }) {
  const params = useParams<{ channelId?: string }>();
  const panels = usePanels();
  const isOpen = () => params.channelId === undefined;
  return (
    <A
      href="/direct"
      aria-current={isOpen() ? 'page' : undefined}
      onClick={() => panels.closeDrawers()}
      class={`${ROW} h-[42px] pointer-coarse:h-12`}
      classList={{
        'bg-raised-more text-ink': isOpen(),
        'text-second hover:bg-raised hover:text-ink': !isOpen(),
      }}
    >
      <span class="grid size-8 place-items-center">
        <UsersRound size={20} />
      </span>
      <span class="flex-1">{t('direct.friends')}</span>
      <Show when={props.direct.requests()}>
        {(count) => (
          <span
            aria-label={t('direct.requestsWaiting', count())}
            class="grid h-[18px] min-w-[18px] place-items-center rounded-full bg-danger px-1 text-[11px] leading-none font-bold text-on-danger"
          >
            {count()}
          </span>
        )}
      </Show>
    </A>
  );
}

function Conversations(props: { direct: Direct }) {
  const [making, setMaking] = createSignal(false);
  return (
    <>
      <div class="mt-5 flex items-center justify-between pr-1 pl-2">
        <h2 class="text-label font-bold text-third">{t('direct.conversations')}</h2>
        <button
          type="button"
          aria-label={t('direct.newGroup')}
          title={t('direct.newGroup')}
          class="touch-target grid size-6 place-items-center rounded-small text-second transition hover:bg-raised hover:text-ink"
          onClick={() => setMaking(true)}
        >
          <Plus size={16} />
        </button>
      </div>
      <Switch fallback={<Loading />}>
        <Match when={props.direct.failed()}>
          <div class="px-2 py-3 text-second">
            <p class="mb-3">{t('direct.failed')}</p>
            <Button look="quiet" onClick={() => props.direct.retry()}>
              {t('direct.retry')}
            </Button>
          </div>
        </Match>
        <Match when={props.direct.channels()?.length === 0}>
          <p class="px-2 py-2 text-pretty text-third">{t('direct.noneYet')}</p>
        </Match>
        <Match when={props.direct.channels()}>
          {(channels) => (
            <ul class="mt-1 flex flex-col gap-px">
              <For each={channels()}>
                {(channel) => <ConversationRow channel={channel} direct={props.direct} />}
              </For>
            </ul>
          )}
        </Match>
      </Switch>
      <Show when={making()}>
        <GroupDialog direct={props.direct} onClose={() => setMaking(false)} />
      </Show>
    </>
  );
}

function ConversationRow(props: { channel: DirectChannel; direct: Direct }) {
  const params = useParams<{ channelId?: string }>();
  const panels = usePanels();
  const session = useSession();
  const navigate = useNavigate();
  const toasts = useToasts();
  const rooms = useRooms();
  const isOpen = () => params.channelId === props.channel.id;
  const unread = useUnread();
  const state = createMemo(() => unread.stateOf(props.channel.id));
  const isUnread = () => !isOpen() && state().unread;
  const name = () => directName(props.channel, session.user()?.id).replace(/^@/, '');

  const words = () => {
    if (state().muted) return tu('unread.muted', name());
    return isUnread() ? t('direct.unread', name()) : undefined;
  };

  async function putAway(): Promise<void> {
    try {
      await props.direct.close(props.channel.id);
      if (isOpen()) navigate('/direct');
    } catch (problem) {
      toasts.complain(problemSentence(problem));
    }
  }

  return (
    <li class="group relative" onContextMenu={openMenuOf}>
      <A
        href={`/direct/${props.channel.id}`}
        aria-current={isOpen() ? 'page' : undefined}
        aria-label={words()}
        onClick={() => panels.closeDrawers()}
        class={`${ROW} h-[44px] pointer-coarse:h-12`}
        classList={{
          'bg-raised-more text-ink [--surface:var(--raised-more)]': isOpen(),
          'font-bold text-ink hover:bg-raised hover:[--surface:var(--raised)]': isUnread(),
          'text-third hover:bg-raised hover:text-ink hover:[--surface:var(--raised)]':
            state().muted && !isOpen(),
          'text-second hover:bg-raised hover:text-ink hover:[--surface:var(--raised)]':
            !isOpen() && !isUnread() && !state().muted,
        }}
      >
        <DirectAvatar channel={props.channel} direct={props.direct} size={32} />
        <span class="min-w-0 flex-1">
          <span class="block truncate leading-5">{name()}</span>
          <Show when={props.channel.type === 'group'}>
            <span class="block truncate text-label font-normal text-third">
              {t('direct.people', props.channel.participants.length)}
            </span>
          </Show>
        </span>
        <Show when={props.direct.inCall(props.channel.id).length > 0}>
          <Volume2 size={16} class="shrink-0 text-live-ink" aria-label={t('direct.inCall')} />
        </Show>
        <Show when={!isOpen() && !isUnread() && rooms.drafts.has(props.channel.id)}>
          <Pencil
            size={13}
            role="img"
            class="shrink-0 text-third transition-opacity group-focus-within:opacity-0 group-hover:opacity-0 pointer-coarse:mr-10"
            aria-label={tc('composer.draft')}
          />
        </Show>
        <Show when={isUnread()}>
          <span
            aria-hidden="true"
            class="size-2 shrink-0 rounded-full bg-ink group-hover:opacity-0 pointer-coarse:mr-9 pointer-coarse:!opacity-100"
          />
        </Show>
      </A>
      <span class="absolute top-1/2 right-1.5 flex -translate-y-1/2 opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 has-data-expanded:opacity-100 pointer-coarse:opacity-100">
        <Menu
          label={tu('unread.menuOf', name())}
          placement="bottom-end"
          triggerClass="grid size-6 place-items-center rounded-small text-third hover:bg-raised-more hover:text-ink pointer-coarse:size-11"
          trigger={<Ellipsis size={16} />}
        >
          <NotifyItems
            targetId={props.channel.id}
            usual="all"
            isUnread={state().unread}
            onMarkRead={() => unread.markAllRead([props.channel.id])}
          />
          <MenuLine />
          <MenuItem icon={X} onSelect={() => void putAway()}>
            {t('direct.close', name())}
          </MenuItem>
        </Menu>
      </span>
    </li>
  );
}

function Loading() {
  return <SkeletonRows rows={5} avatar={32} label={t('direct.loading')} />;
}
