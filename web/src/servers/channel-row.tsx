import type { Channel } from '@harmonium/api/channel';
import { A, useNavigate, useParams } from '@solidjs/router';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import Hash from 'lucide-solid/icons/hash';
import Lock from 'lucide-solid/icons/lock';
import Pencil from 'lucide-solid/icons/pencil';
import Settings from 'lucide-solid/icons/settings';
import Trash from 'lucide-solid/icons/trash';
import { Show, createMemo } from 'solid-js';
import { Menu, MenuItem, MenuLine } from '../design/menu.tsx';
import { openMenuOf } from '../design/open-menu-of.ts';
import { useRooms } from '../room/rooms.tsx';
import type { ServerState } from '../room/server-state.ts';
import { t } from '../strings/strings.ts';
import { t as tu } from '../strings/unread.ts';
import { MentionBadge } from '../unread/badge.tsx';
import { NotifyItems } from '../unread/notify-menu.ts';
import { useUnread } from '../unread/use-unread.ts';
import { useAsk } from './dialogs.tsx';
import { isPrivate } from './is-private.ts';
import { myRightsIn } from './my-permissions.ts';
import { usePanels } from './panels.tsx';

export function TextChannelRow(props: { channel: Channel; state: ServerState }) {
  const params = useParams<{ channelId?: string }>();
  const panels = usePanels();
  const rooms = useRooms();
  const unread = useUnread();
  const isOpen = () => params.channelId === props.channel.id;
  const state = createMemo(() => unread.stateOf(props.channel.id));
  const isBright = () => state().unread && !isOpen();
  const words = () => {
    if (state().muted) return tu('unread.muted', props.channel.name);
    return isBright() ? tu('unread.channel', props.channel.name, state().mentions) : undefined;
  };
  return (
    <div class="group relative" onContextMenu={openMenuOf}>
      <Show when={isBright()}>
        <span
          aria-hidden="true"
          class="absolute top-1/2 -left-2 h-2 w-1 -translate-y-1/2 rounded-r-full bg-ink"
        />
      </Show>
      <A
        href={`/servers/${props.channel.serverId}/${props.channel.id}`}
        aria-current={isOpen() ? 'page' : undefined}
        aria-label={words()}
        // The open one again: nothing navigates, so the drawer would stay.
        onClick={() => panels.closeDrawers()}
        class="flex h-[34px] items-center gap-2 rounded-small px-2 text-message transition-colors focus-visible:-outline-offset-2 pointer-coarse:h-11"
        classList={{
          'bg-raised-more text-ink': isOpen(),
          'font-medium text-ink hover:bg-raised': isBright(),
          'text-third hover:bg-raised hover:text-ink': state().muted && !isOpen(),
          'text-second hover:bg-raised hover:text-ink': !isOpen() && !isBright() && !state().muted,
        }}
      >
        <Show
          when={isPrivate(props.channel)}
          fallback={<Hash size={18} class="shrink-0 text-third" />}
        >
          <Lock size={17} class="shrink-0 text-third" aria-label={t('channels.private')} />
        </Show>
        <span class="min-w-0 flex-1 truncate">{props.channel.name}</span>
        <Show when={!isOpen() && rooms.drafts.has(props.channel.id)}>
          <Pencil
            size={13}
            role="img"
            class="shrink-0 text-third transition-opacity group-focus-within:opacity-0 group-hover:opacity-0 pointer-coarse:mr-10"
            aria-label={t('composer.draft')}
          />
        </Show>
        <MentionBadge
          count={isBright() ? state().mentions : 0}
          class="transition-opacity group-focus-within:opacity-0 group-hover:opacity-0 pointer-coarse:mr-10 pointer-coarse:!opacity-100"
        />
      </A>
      <ChannelMenu channel={props.channel} state={props.state} />
    </div>
  );
}

/** What may be done to a channel; for some it is more. */
export function ChannelMenu(props: { channel: Channel; state: ServerState }) {
  const ask = useAsk();
  const navigate = useNavigate();
  const unread = useUnread();
  const rights = () => myRightsIn(props.state, props.channel, Date.now());
  const isText = () => props.channel.type !== 'voice';
  return (
    <Show when={isText() || rights().canOpenSettings}>
      <div
        data-still
        class="absolute top-0 right-1 flex h-[34px] items-center opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 has-data-expanded:opacity-100 pointer-coarse:h-11 pointer-coarse:opacity-100"
      >
        <Menu
          label={t('channels.menu')}
          placement="bottom-end"
          triggerClass="grid size-6 place-items-center rounded-small text-second hover:bg-raised hover:text-ink pointer-coarse:size-11"
          trigger={<Ellipsis size={16} />}
        >
          <Show when={isText()}>
            <NotifyItems
              targetId={props.channel.id}
              serverId={props.channel.serverId}
              usual="mentions"
              isUnread={unread.stateOf(props.channel.id).unread}
              onMarkRead={() => unread.markAllRead([props.channel.id])}
            />
          </Show>
          <Show when={isText() && rights().canOpenSettings}>
            <MenuLine />
          </Show>
          <Show when={rights().canOpenSettings}>
            <MenuItem
              icon={Settings}
              onSelect={() =>
                navigate(`/servers/${props.channel.serverId}/channels/${props.channel.id}/settings`)
              }
            >
              {t('channels.settings')}
            </MenuItem>
          </Show>
          <Show when={rights().canManage}>
            <MenuItem
              icon={Trash}
              danger
              onSelect={() => ask({ about: 'remove-channel', channel: props.channel })}
            >
              {t('channels.remove')}
            </MenuItem>
          </Show>
        </Menu>
      </div>
    </Show>
  );
}
