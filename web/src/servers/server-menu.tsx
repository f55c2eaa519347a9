import { useNavigate } from '@solidjs/router';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import FolderPlus from 'lucide-solid/icons/folder-plus';
import LogOut from 'lucide-solid/icons/log-out';
import Plus from 'lucide-solid/icons/plus';
import Settings from 'lucide-solid/icons/settings';
import Trash from 'lucide-solid/icons/trash';
import UserPlus from 'lucide-solid/icons/user-plus';
import { Show } from 'solid-js';
import { Menu, MenuItem, MenuLine } from '../design/menu.tsx';
import type { ServerState } from '../room/server-state.ts';
import { t } from '../strings/strings.ts';
import { NotifyItems } from '../unread/notify-menu.ts';
import { useUnread } from '../unread/use-unread.ts';
import { useAsk } from './dialogs.tsx';
import { myRights } from './my-permissions.ts';
import { serverSections } from './settings-sections.ts';

/** The name of the server, with what one may do to it. */
export function ServerMenu(props: { state: ServerState }) {
  const ask = useAsk();
  const unread = useUnread();
  const server = () => props.state.structure.server;
  const navigate = useNavigate();
  const rights = () => myRights(props.state, Date.now());
  const hasSettings = () => serverSections(props.state, Date.now()).length > 0;
  return (
    <header class="h-[52px] shrink-0 border-b border-rail">
      <Menu
        label={t('servers.menu', server().name)}
        sameWidth
        triggerClass="group flex h-full w-full items-center gap-2 px-4 text-left text-message font-bold transition hover:bg-raised focus-visible:-outline-offset-2 data-expanded:bg-raised"
        trigger={
          <>
            <span class="min-w-0 flex-1 truncate">{server().name}</span>
            <ChevronDown
              size={16}
              class="shrink-0 text-third transition-transform group-data-expanded:rotate-180"
            />
          </>
        }
      >
        <NotifyItems
          targetId={server().id}
          usual="mentions"
          isUnread={unread.stateOfServer(server().id).unread}
          onMarkRead={() => unread.markServerRead(server().id)}
        />
        <MenuLine />
        <Show when={rights().canInvite}>
          <MenuItem icon={UserPlus} onSelect={() => ask({ about: 'invite', server: server() })}>
            {t('servers.invitePeople')}
          </MenuItem>
        </Show>
        <Show when={rights().canManageChannels}>
          <MenuItem
            icon={Plus}
            onSelect={() =>
              ask({
                about: 'new-channel',
                server: server(),
                categories: props.state.structure.categories,
              })
            }
          >
            {t('servers.createChannel')}
          </MenuItem>
          <MenuItem
            icon={FolderPlus}
            onSelect={() => ask({ about: 'new-category', server: server() })}
          >
            {t('channels.createCategory')}
          </MenuItem>
        </Show>
        <Show when={hasSettings()}>
          <MenuItem icon={Settings} onSelect={() => navigate(`/servers/${server().id}/settings`)}>
            {t('servers.settings')}
          </MenuItem>
        </Show>
        <Show when={rights().canInvite || rights().canManageChannels || hasSettings()}>
          <MenuLine />
        </Show>
        <Show
          when={rights().isOwner}
          fallback={
            <MenuItem
              icon={LogOut}
              danger
              onSelect={() => ask({ about: 'leave-server', server: server() })}
            >
              {t('servers.leave')}
            </MenuItem>
          }
        >
          <MenuItem
            icon={Trash}
            danger
            onSelect={() => ask({ about: 'remove-server', server: server() })}
          >
            {t('servers.remove')}
          </MenuItem>
        </Show>
      </Menu>
    </header>
  );
}
