import type { Snowflake } from '@harmonium/api/ids';
import type { NotificationChoice, NotificationLevel } from '@harmonium/api/notification';
import Bell from 'lucide-solid/icons/bell';
import BellOff from 'lucide-solid/icons/bell-off';
import CheckCheck from 'lucide-solid/icons/check-check';
import { For, Show } from 'solid-js';
import { MenuChoices, MenuSub } from '../design/menu-more.tsx';
import { MenuItem } from '../design/menu.tsx';
import { useToasts } from '../design/toast.tsx';
import { problemSentence } from '../problems.ts';
import { t } from '../strings/unread.ts';
import { MUTE_CHOICES, mutedWords, muteEnd } from './mute-ends.ts';
import { useUnread } from './use-unread.ts';

const LEVELS: Record<NotificationLevel, string> = {
  all: t('unread.levelAll'),
  mentions: t('unread.levelMentions'),
  nothing: t('unread.levelNothing'),
};
const ORDER: readonly NotificationLevel[] = ['all', 'mentions', 'nothing'];
/** In the place of a level: none of its own. */
const INHERITED = 'inherited';

export interface NotifyItemsProps {
  targetId: Snowflake;
  /** Of a channel: where its level comes from while it has none. */
  serverId?: string;
  /** What holds while nothing was chosen, for a server or a conversation. */
  usual: NotificationLevel;
  isUnread: boolean;
  onMarkRead: () => void;
}

/** In the menu of a server, a channel or a conversation: read it, mute it, be told of it. */
export function NotifyItems(props: NotifyItemsProps) {
  const unread = useUnread();
  const toasts = useToasts();
  const setting = () => unread.setting(props.targetId);
  const mutedUntil = () => {
    const until = setting()?.mutedUntil;
    return unread.isMuted(props.targetId) && typeof until === 'string' ? until : undefined;
  };
  const inherited = () =>
    props.serverId === undefined ? undefined : unread.levelOfServer(props.serverId);
  const level = () => setting()?.level ?? (inherited() === undefined ? props.usual : INHERITED);
  const choices = () => {
    const from = inherited();
    const own = ORDER.map((value) => ({ value: value as string, label: LEVELS[value] }));
    if (from === undefined) return own;
    return [{ value: INHERITED, label: t('unread.asServer', LEVELS[from]) }, ...own];
  };

  function choose(choice: Partial<NotificationChoice>): void {
    unread
      .choose(props.targetId, choice)
      .catch((problem: unknown) => toasts.complain(problemSentence(problem)));
  }

  return (
    <>
      <Show when={props.isUnread}>
        <MenuItem icon={CheckCheck} onSelect={() => props.onMarkRead()}>
          {t('unread.markRead')}
        </MenuItem>
      </Show>
      <Show
        when={mutedUntil()}
        fallback={
          <MenuSub icon={BellOff} label={t('unread.mute')}>
            <For each={MUTE_CHOICES}>
              {({ name, ms }) => (
                <MenuItem onSelect={() => choose({ mutedUntil: muteEnd(ms, Date.now()) })}>
                  {name}
                </MenuItem>
              )}
            </For>
          </MenuSub>
        }
      >
        {(until) => (
          <MenuItem
            icon={BellOff}
            hint={mutedWords(until(), Date.now())}
            onSelect={() => choose({ mutedUntil: null })}
          >
            {t('unread.unmute')}
          </MenuItem>
        )}
      </Show>
      <MenuSub icon={Bell} label={t('unread.notifyMe')}>
        <MenuChoices
          value={level()}
          choices={choices()}
          onChange={(value) => choose({ level: ORDER.find((each) => each === value) ?? null })}
        />
      </MenuSub>
    </>
  );
}
