import { useNavigate, useParams } from '@solidjs/router';
import { onCleanup, onMount } from 'solid-js';
import { useRooms } from '../room/rooms.tsx';
import { groupChannels } from './channel-order.ts';

/** Alt+Up and Alt+Down go through the text channels of the open server, round and round. */
export function createChannelKeys(): void {
  const rooms = useRooms();
  const navigate = useNavigate();
  const params = useParams<{ serverId?: string; channelId?: string }>();

  function go(event: KeyboardEvent): void {
    const step = steps[event.key];
    if (step === undefined || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    const state = params.serverId === undefined ? undefined : rooms.server(params.serverId);
    if (state === undefined) return;
    const channels = groupChannels(state.structure)
      .flatMap((group) => group.channels)
      .filter((channel) => channel.type === 'text');
    const here = channels.findIndex((channel) => channel.id === params.channelId);
    const next = channels.at((here + step) % channels.length);
    if (next === undefined) return;
    event.preventDefault();
    // To the message field, Up alone means something else.
    event.stopPropagation();
    navigate(`/servers/${next.serverId}/${next.id}`);
  }

  onMount(() => document.addEventListener('keydown', go, true));
  onCleanup(() => document.removeEventListener('keydown', go, true));
}

const steps: Record<string, number> = { ArrowUp: -1, ArrowDown: 1 };
