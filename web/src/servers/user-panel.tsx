import { A } from '@solidjs/router';
import type { ChosenStatus } from '@harmonium/rooms/presence';
import LogOut from 'lucide-solid/icons/log-out';
import MessageSquareText from 'lucide-solid/icons/message-square-text';
import Settings from 'lucide-solid/icons/settings';
import { For, Show } from 'solid-js';
import { Avatar, PresenceDot } from '../design/avatar.tsx';
import type { ShownStatus } from '../design/avatar.tsx';
import { Menu, MenuItem, MenuLine } from '../design/menu.tsx';
import { useToasts } from '../design/toast.tsx';
import { problemSentence } from '../problems.ts';
import { useRooms } from '../room/rooms.tsx';
import { useSession } from '../session-context.tsx';
import { t } from '../strings/strings.ts';
import { useAsk } from './dialogs.tsx';

const STATUSES: readonly ChosenStatus[] = ['online', 'idle', 'dnd', 'invisible'];

const shownAs = (status: ChosenStatus): ShownStatus =>
  status === 'invisible' ? 'offline' : status;

/** Oneself: how one is shown to others, and the way to the settings. */
export function UserPanel() {
  const session = useSession();
  const rooms = useRooms();
  const toasts = useToasts();
  const ask = useAsk();
  const status = () => rooms.presence().status;

  async function logout(): Promise<void> {
    try {
      await session.logout();
    } catch (problem) {
      toasts.complain(problemSentence(problem));
    }
  }

  return (
    <Show when={session.user()}>
      {(user) => (
        <section
          aria-label={t('me.label')}
          class="pb-safe flex shrink-0 items-center gap-1 border-t border-rail p-1.5"
        >
          <Menu
            label={t('me.openMenu', user().username, t(`presence.${status()}`))}
            placement="top-start"
            triggerClass="flex min-w-0 flex-1 items-center gap-3 rounded-medium p-1.5 text-left transition hover:bg-raised data-expanded:bg-raised hover:[--surface:var(--raised)]"
            trigger={
              <>
                <Avatar user={user()} size={34} status={shownAs(status())} />
                <span class="min-w-0">
                  <span class="block truncate leading-5 font-bold">{user().username}</span>{' '}
                  <span class="block truncate text-label text-third">
                    {rooms.presence().text ?? t(`presence.${status()}`)}
                  </span>
                </span>
              </>
            }
          >
            <For each={STATUSES}>
              {(choice) => (
                <MenuItem
                  icon={() => (
                    <span class="grid w-4 place-items-center [--surface:var(--raised)]">
                      <PresenceDot status={shownAs(choice)} size={11} decorative />
                    </span>
                  )}
                  hint={
                    choice === 'dnd'
                      ? t('presence.dndHint')
                      : choice === 'invisible'
                        ? t('presence.invisibleHint')
                        : undefined
                  }
                  onSelect={() => rooms.setPresence(choice)}
                >
                  {t(`presence.${choice}`)}
                </MenuItem>
              )}
            </For>
            <MenuLine />
            <MenuItem icon={MessageSquareText} onSelect={() => ask({ about: 'status' })}>
              {rooms.presence().text === undefined ? t('me.setStatus') : t('me.editStatus')}
            </MenuItem>
            <MenuItem icon={LogOut} onSelect={() => void logout()}>
              {t('me.logout')}
            </MenuItem>
          </Menu>
          <A
            href="/settings"
            aria-label={t('me.settings')}
            title={t('me.settings')}
            class="touch-target grid size-9 place-items-center rounded-small text-second transition hover:bg-raised hover:text-ink"
          >
            <Settings size={18} />
          </A>
        </section>
      )}
    </Show>
  );
}
