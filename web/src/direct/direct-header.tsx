import type { DirectChannel } from '@harmonium/api/direct';
import { useNavigate } from '@solidjs/router';
import Ban from 'lucide-solid/icons/ban';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import LogOut from 'lucide-solid/icons/log-out';
import Pencil from 'lucide-solid/icons/pencil';
import UserPlus from 'lucide-solid/icons/user-plus';
import Users from 'lucide-solid/icons/users';
import { Match, Show, Switch, createSignal } from 'solid-js';
import { PinsButton } from '../channel/pins-button.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { Menu, MenuItem, MenuLine } from '../design/menu.tsx';
import { useToasts } from '../design/toast.tsx';
import { problemSentence } from '../problems.ts';
import { directName } from '../room/direct-name.ts';
import { SearchButton } from '../search/search-button.tsx';
import { MenuButton } from '../servers/menu-button.tsx';
import { usePanels } from '../servers/panels.tsx';
import { useSession } from '../session-context.tsx';
import { t } from '../strings/direct.ts';
import { CallButton } from './call-button.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import type { Direct } from './create-direct.ts';
import { DirectAvatar } from './direct-avatar.tsx';
import { GroupDialog } from './group-dialog.tsx';
import { RenameGroupDialog } from './rename-group-dialog.tsx';

/** Who one is talking to, and what one can do about it. */
export function DirectHeader(props: { direct: Direct; channel: DirectChannel }) {
  const session = useSession();
  const panels = usePanels();
  const name = () => directName(props.channel, session.user()?.id).replace(/^@/, '');
  return (
    <header class="flex h-[52px] shrink-0 items-center gap-3 border-b border-line pr-3 pl-5 max-tablet:pl-1">
      <span class="tablet:hidden">
        <MenuButton />
      </span>
      <DirectAvatar channel={props.channel} direct={props.direct} size={28} />
      <h1 class="truncate text-message font-bold">{name()}</h1>
      <span class="flex-1" />
      <PinsButton />
      <CallButton direct={props.direct} channel={props.channel} />
      <Show when={props.channel.type === 'group'}>
        <IconButton label={t('direct.showPeople')} onClick={() => panels.toggleMembers()}>
          <Users size={18} />
        </IconButton>
      </Show>
      <SearchButton />
      <ConversationMenu direct={props.direct} channel={props.channel} name={name()} />
    </header>
  );
}

type Asked = 'people' | 'rename' | 'leave' | 'block';

function ConversationMenu(props: { direct: Direct; channel: DirectChannel; name: string }) {
  const session = useSession();
  const navigate = useNavigate();
  const toasts = useToasts();
  const [asked, setAsked] = createSignal<Asked>();
  const isGroup = () => props.channel.type === 'group';
  const meId = () => session.user()?.id;
  const other = () => props.channel.participants.find(({ id }) => id !== meId());
  const isBlocked = () => props.direct.isBlocked(other()?.id ?? '');
  // A menu gives the focus back to its button first, so that the dialog does so, too.
  const ask = (next: Asked) => requestAnimationFrame(() => setTimeout(() => setAsked(next)));
  const close = () => setAsked(undefined);

  async function leave(): Promise<void> {
    const me = session.user();
    if (me === undefined) return;
    await props.direct.take(props.channel.id, me.id);
    navigate('/direct');
  }

  async function unblock(): Promise<void> {
    const user = other();
    try {
      if (user !== undefined) await props.direct.end(user.id);
    } catch (problem) {
      toasts.complain(problemSentence(problem));
    }
  }

  return (
    <>
      <Menu
        label={t('direct.menu')}
        placement="bottom-end"
        triggerClass="touch-target inline-grid size-8 shrink-0 place-items-center rounded-small text-second transition hover:bg-raised hover:text-ink data-expanded:bg-raised"
        trigger={<Ellipsis size={18} />}
      >
        <Show
          when={isGroup()}
          fallback={
            <Show
              when={!isBlocked()}
              fallback={
                <MenuItem icon={Ban} onSelect={() => void unblock()}>
                  {t('direct.unblock')}
                </MenuItem>
              }
            >
              <MenuItem icon={Ban} danger onSelect={() => ask('block')}>
                {t('direct.block')}
              </MenuItem>
            </Show>
          }
        >
          <MenuItem icon={UserPlus} onSelect={() => ask('people')}>
            {t('direct.addPeople')}
          </MenuItem>
          <MenuItem icon={Pencil} onSelect={() => ask('rename')}>
            {t('direct.rename')}
          </MenuItem>
          <MenuLine />
          <MenuItem icon={LogOut} danger onSelect={() => ask('leave')}>
            {t('direct.leave')}
          </MenuItem>
        </Show>
      </Menu>
      <Switch>
        <Match when={asked() === 'people'}>
          <GroupDialog direct={props.direct} to={props.channel} onClose={close} />
        </Match>
        <Match when={asked() === 'rename'}>
          <RenameGroupDialog direct={props.direct} channel={props.channel} onClose={close} />
        </Match>
        <Match when={asked() === 'leave'}>
          <ConfirmDialog
            title={t('direct.leaveTitle', props.name)}
            sentence={t('direct.leaveSentence')}
            button={t('direct.leave')}
            act={leave}
            onClose={close}
          />
        </Match>
        <Match when={asked() === 'block' && other()}>
          {(user) => (
            <ConfirmDialog
              title={t('direct.blockTitle', user().username)}
              sentence={t('direct.blockSentence')}
              button={t('direct.block')}
              act={() => props.direct.set(user().id, 'blocked')}
              onClose={close}
            />
          )}
        </Match>
      </Switch>
    </>
  );
}
