import { useLocation, useNavigate, useParams } from '@solidjs/router';
import { onCleanup, onMount } from 'solid-js';
import { isShortcut } from '../keys/shortcuts.ts';
import { useRooms } from '../room/rooms.tsx';
import { listedThreads } from '../threads/listed-threads.ts';
import { useUnread } from '../unread/use-unread.ts';
import { groupChannels } from './channel-order.ts';
import { isDirect } from './is-direct.ts';

/**
 * Alt+Up and Alt+Down go through the text channels of the open server, or through the conversations,
 * round and round; with Shift through what is not read, wherever it is.
 */
export function createChannelKeys(): void {
  const rooms = useRooms();
  const unread = useUnread();
  const navigate = useNavigate();
  const location = useLocation();
  const params = useParams<{ serverId?: string; channelId?: string }>();

  const conversations = () =>
    (rooms.direct()?.channels() ?? []).map(({ id }) => ({ id, path: `/direct/${id}` }));

  function textChannels(serverId: string) {
    const state = rooms.server(serverId);
    if (state === undefined) return [];
    return groupChannels(state.structure)
      .flatMap((group) => group.channels)
      .flatMap((channel) =>
        channel.type === 'text' ? [channel].concat(listedThreads(state, channel.id, unread)) : [],
      )
      .map(({ id }) => ({ id, path: `/servers/${serverId}/${id}` }));
  }

  function near() {
    if (isDirect(location.pathname)) return conversations();
    return params.serverId === undefined ? [] : textChannels(params.serverId);
  }

  /** What is not read, and where one is. */
  function waiting() {
    const all = (rooms.servers() ?? []).flatMap(({ id }) => textChannels(id));
    return [...conversations(), ...all].filter(
      ({ id }) => id === params.channelId || unread.stateOf(id).unread,
    );
  }

  function go(event: KeyboardEvent): void {
    const key = KEYS.find((name) => isShortcut(event, name));
    if (key === undefined) return;
    const step = key.endsWith('Above') ? -1 : 1;
    const places = key.startsWith('unread') ? waiting() : near();
    const here = places.findIndex(({ id }) => id === params.channelId);
    const from = here < 0 && step < 0 ? 0 : here;
    const next = places.at((from + step) % places.length);
    if (next === undefined || next.id === params.channelId) return;
    event.preventDefault();
    // To the message field, Up alone means something else.
    event.stopPropagation();
    navigate(next.path);
  }

  onMount(() => document.addEventListener('keydown', go, true));
  onCleanup(() => document.removeEventListener('keydown', go, true));
}

const KEYS = ['channelAbove', 'channelBelow', 'unreadAbove', 'unreadBelow'] as const;
