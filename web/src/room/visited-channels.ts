import type { Client } from '@harmonium/api/client';
import type { Snowflake } from '@harmonium/api/ids';
import type { IssuedTicket } from '@harmonium/api/server';
import type { User } from '@harmonium/api/user';
import type { ChannelClientEvent } from '@harmonium/rooms/client-event';
import type { ChannelServerEvent } from '@harmonium/rooms/server-event';
import { createSignal } from 'solid-js';
import { createChannelRoom } from './channel-room.ts';
import type { ChannelRoom } from './channel-room.ts';
import { createCourier } from './courier.ts';
import type { Outbox } from './outbox.ts';
import { createRoomSocket } from './socket.ts';
import type { SocketClock } from './socket.ts';

/** Visited channels that stay in memory, so that going back shows them at once. */
const KEPT_CHANNELS = 10;

interface VisitedChannelsDeps {
  call: Client;
  clock: SocketClock;
  me: () => User;
  outbox: Outbox;
  letIn: (channelId: string) => Promise<IssuedTicket>;
}

/** The rooms of channels: of those on the screen, of those lately visited, and where something waits. */
export function createVisitedChannels({ call, clock, me, outbox, letIn }: VisitedChannelsDeps) {
  const [shown, setShown] = createSignal<ChannelRoom>();
  const [beside, setBeside] = createSignal<ChannelRoom>();
  const rooms = new Map<string, ChannelRoom>();
  const isShown = (id: string) => shown()?.id === id || beside()?.id === id;
  const courier = createCourier({ outbox, room, isShown });

  function room(id: string): ChannelRoom {
    const known = rooms.get(id);
    if (known !== undefined) {
      rooms.delete(id);
      rooms.set(id, known);
      return known;
    }
    const created = create(id as Snowflake); // Router params are plain; the server checks them.
    rooms.set(id, created);
    for (const oldest of rooms.keys()) {
      if (rooms.size <= KEPT_CHANNELS) break;
      if (!isShown(oldest) && !courier.carries(oldest)) rooms.delete(oldest);
    }
    return created;
  }

  function create(id: Snowflake): ChannelRoom {
    const at = { params: { id } };
    return createChannelRoom(id, {
      me,
      connect: (hooks) =>
        createRoomSocket<ChannelServerEvent, ChannelClientEvent>({
          ...clock,
          ...hooks,
          issue: () => letIn(id),
        }),
      page: (place, limit) =>
        call('GET /api/channels/:id/messages', { ...at, query: { ...place, limit } }),
      byIds: (ids) =>
        call('GET /api/channels/:id/messages', { ...at, query: { ids: ids.join(',') } }),
      outbox: outbox.channel(id),
      now: clock.now,
    });
  }

  function replace(
    previous: ChannelRoom | undefined,
    next: ChannelRoom | undefined,
    set: (room: ChannelRoom | undefined) => void,
  ): void {
    if (next === previous) return;
    set(next);
    next?.open();
    courier.look();
    if (previous === undefined || isShown(previous.id) || courier.carries(previous.id)) return;
    previous.close();
  }

  return {
    room,
    /** On the screen. */
    shown,
    show: (id: string | undefined) => replace(shown(), id === undefined ? id : room(id), setShown),
    showBeside: (id: string | undefined) =>
      replace(beside(), id === undefined ? id : room(id), setBeside),
    rooms: (): Iterable<ChannelRoom> => rooms.values(),
    close(): void {
      courier.stop();
      for (const each of rooms.values()) each.close();
    },
  };
}
