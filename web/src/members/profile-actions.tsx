import type { Member } from '@harmonium/api/member';
import Ban from 'lucide-solid/icons/ban';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import Pencil from 'lucide-solid/icons/pencil';
import Timer from 'lucide-solid/icons/timer';
import TimerOff from 'lucide-solid/icons/timer-off';
import UserX from 'lucide-solid/icons/user-x';
import type { LucideIcon } from 'lucide-solid';
import { For, Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { useToasts } from '../design/toast.tsx';
import { problemSentence } from '../problems.ts';
import { useAsk } from '../servers/dialogs.tsx';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/people.ts';
import type { MemberActions } from './member-actions.ts';
import { untilName } from './moments.ts';
import { TIMEOUTS } from './timeouts.ts';

interface ProfileActionsProps {
  member: Member;
  name: string;
  actions: MemberActions;
  onClose: () => void;
}

/** What one may do about a member; nothing that would be refused is offered. */
export function ProfileActions(props: ProfileActionsProps) {
  const call = useApi();
  const ask = useAsk();
  const toasts = useToasts();
  const [isTiming, setTiming] = createSignal(false);
  const params = () => ({ id: props.member.serverId, uid: props.member.user.id });
  const isAny = () => {
    const { canRename, canTimeOut, canEndTimeout, canKick, canBan } = props.actions;
    return canRename || canTimeOut || canEndTimeout || canKick || canBan;
  };

  async function setTimeoutUntil(end: number | null): Promise<void> {
    try {
      const timeoutUntil = end === null ? null : new Date(end).toISOString();
      await call('PATCH /api/servers/:id/members/:uid', {
        params: params(),
        body: { timeoutUntil },
      });
      setTiming(false);
      toasts.say(
        end === null
          ? t('people.done.timeoutEnded', props.name)
          : t('people.done.timedOut', props.name, untilName(end, Date.now())),
      );
    } catch (problem) {
      toasts.complain(problemSentence(problem));
    }
  }

  function askAbout(about: 'rename-member' | 'kick-member' | 'ban-member'): void {
    const { member } = props;
    props.onClose();
    ask({ about, member });
  }

  return (
    <Show when={isAny()}>
      <section
        aria-label={t('people.actions')}
        class="-mx-2 mt-3 flex flex-col border-t border-line pt-2"
      >
        <Show when={props.actions.canRename}>
          <Action icon={Pencil} onClick={() => askAbout('rename-member')}>
            {props.actions.isSelf ? t('people.renameOwn') : t('people.rename')}
          </Action>
        </Show>
        <Show when={props.actions.canEndTimeout}>
          <Action icon={TimerOff} onClick={() => void setTimeoutUntil(null)}>
            {t('people.endTimeout')}
          </Action>
        </Show>
        <Show when={props.actions.canTimeOut && !props.actions.canEndTimeout}>
          <Action icon={Timer} expanded={isTiming()} onClick={() => setTiming(!isTiming())}>
            {t('people.timeOut')}
          </Action>
          <Show when={isTiming()}>
            <ul
              aria-label={t('people.timeOutFor')}
              class="grid animate-appear grid-cols-3 gap-1.5 px-2 pt-1 pb-2"
            >
              <For each={TIMEOUTS}>
                {({ words, milliseconds }) => (
                  <li>
                    <button
                      type="button"
                      class="min-h-9 w-full rounded-small bg-raised text-label font-medium transition hover:bg-raised-more pointer-coarse:min-h-11"
                      onClick={() => void setTimeoutUntil(Date.now() + milliseconds)}
                    >
                      {words()}
                    </button>
                  </li>
                )}
              </For>
            </ul>
          </Show>
        </Show>
        <Show when={props.actions.canKick}>
          <Action icon={UserX} danger onClick={() => askAbout('kick-member')}>
            {t('people.kick')}
          </Action>
        </Show>
        <Show when={props.actions.canBan}>
          <Action icon={Ban} danger onClick={() => askAbout('ban-member')}>
            {t('people.ban')}
          </Action>
        </Show>
      </section>
    </Show>
  );
}

function Action(props: {
  icon: LucideIcon;
  danger?: boolean;
  expanded?: boolean;
  onClick: () => void;
  children: JSX.Element;
}) {
  return (
    <button
      type="button"
      aria-expanded={props.expanded}
      class="group flex min-h-9 items-center gap-3 rounded-small px-2 text-left transition-colors hover:bg-raised pointer-coarse:min-h-11"
      classList={{
        'text-danger-ink': props.danger,
        'text-second hover:text-ink': props.danger !== true,
      }}
      onClick={() => props.onClick()}
    >
      <Dynamic component={props.icon} size={16} />
      <span class="flex-1">{props.children}</span>
      <Show when={props.expanded !== undefined}>
        <ChevronDown
          size={15}
          class="text-third transition-transform group-aria-expanded:rotate-180"
        />
      </Show>
    </button>
  );
}
