import type { Channel } from '@harmonium/api/channel';
import { createMemo, createResource } from 'solid-js';
import type { ServerState } from '../room/server-state.ts';
import { channelOf } from '../room/server-view.ts';
import { useApi } from '../session-context.tsx';
import { settled } from './settled.ts';

/**
 * A channel of the address. A thread in the archive is none of the server's channels: api is asked
 * for it. One that goes there while it is read stays.
 */
export function createOpenChannel(state: () => ServerState, id: () => string) {
  const call = useApi();
  const known = createMemo(() => channelOf(state(), id()));
  const [asked] = createResource(
    () => (known() === undefined ? id() : undefined),
    async (channelId) => {
      try {
        return await call('GET /api/channels/:id', { params: { id: channelId } });
      } catch {
        return undefined;
      }
    },
  );
  const isLooking = () => asked.state === 'pending' || asked.state === 'refreshing';
  const archived = createMemo<Channel | undefined>((before) => {
    const now = known();
    if (now !== undefined) return now;
    const found = isLooking() ? undefined : settled(asked);
    if (found?.id === id() && found.serverId === state().structure.server.id) return found;
    const stays = isLooking() && before?.id === id() && before.type === 'thread';
    return stays ? { ...before, archived: true } : undefined;
  });
  return {
    channel: () => known() ?? archived(),
    /** Undefined while it is among the server's channels. */
    archived: () => (known() === undefined ? archived() : undefined),
    isLooking: () => isLooking() && archived() === undefined,
  };
}
