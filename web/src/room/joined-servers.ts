import type { Client } from '@harmonium/api/client';
import type { IssuedTicket, Server } from '@harmonium/api/server';
import type { ServerClientEvent } from '@harmonium/rooms/client-event';
import type { ServerServerEvent } from '@harmonium/rooms/server-event';
import { createSignal } from 'solid-js';
import { createServerRoom } from './server-room.ts';
import type { ServerPresence, ServerRoom } from './server-room.ts';
import type { ServerState } from './server-state.ts';
import { createRoomSocket } from './socket.ts';
import type { SocketClock } from './socket.ts';

interface JoinedServersDeps {
  call: Client;
  clock: SocketClock;
  presence: () => ServerPresence;
  /** Everything that the room of a server says. */
  onEvent: (id: string, event: ServerServerEvent) => void;
  /** A wait in milliseconds, another for each. */
  spread: () => number;
}

/** The servers one is in, each with its room. */
export function createJoinedServers({ call, clock, presence, onEvent, spread }: JoinedServersDeps) {
  const [list, setList] = createSignal<readonly Server[]>();
  const [failed, setFailed] = createSignal(false);
  const rooms = new Map<string, ServerRoom>();
  let closed = false;

  async function load(): Promise<void> {
    try {
      const joined = await call('GET /api/users/@me/servers');
      if (closed) return;
      // Before the list, so that whoever reads it finds them.
      for (const server of joined) roomOf(server.id);
      setList(joined);
      setFailed(false);
      const ids = new Set<string>(joined.map((server) => server.id));
      for (const id of rooms.keys()) if (!ids.has(id)) forget(id);
      for (const server of joined) await roomOf(server.id).retry();
    } catch {
      if (list() === undefined) setFailed(true);
    }
  }

  function add(server: Server): void {
    const others = (list() ?? []).filter((other) => other.id !== server.id);
    const known = rooms.get(server.id);
    if (known?.status() === 'gone') rooms.delete(server.id);
    opened(server.id);
    setList([...others, server]);
  }

  function forget(id: string): void {
    setList((servers) => servers?.filter((server) => server.id !== id));
    rooms.get(id)?.close();
  }

  function roomOf(id: string): ServerRoom {
    const known = rooms.get(id);
    if (known !== undefined) return known;
    const room = createServerRoom(id, {
      view: (serverId) => call('GET /api/servers/:id', { params: { id: serverId } }),
      members: (serverId, after, limit) =>
        call('GET /api/servers/:id/members', {
          params: { id: serverId },
          query: after === undefined ? { limit } : { after, limit },
        }),
      connect: (hooks) =>
        createRoomSocket<ServerServerEvent, ServerClientEvent>({
          ...clock,
          ...hooks,
          issue: () => call('POST /api/servers/:id/ticket', { params: { id } }),
        }),
      presence,
      onEvent: (event) => onEvent(id, event),
      onGone: forget,
      spread,
    });
    rooms.set(id, room);
    return room;
  }

  function opened(id: string): ServerRoom {
    const room = roomOf(id);
    void room.open();
    return room;
  }

  /** A server one is in, without opening anything: computations read it. */
  function state(id: string): ServerState | undefined {
    return list()?.some((server) => server.id === id) === true ? rooms.get(id)?.state() : undefined;
  }

  /** The server's room knows who may go where; api is asked where it cannot be. */
  async function letIn(channelId: string): Promise<IssuedTicket> {
    for (const room of rooms.values()) {
      const ticket = await room.letIn(channelId);
      if (ticket !== undefined) return ticket;
    }
    return call('POST /api/channels/:id/ticket', { params: { id: channelId } });
  }

  return {
    /** Undefined until they are known. */
    list,
    /** The list could not be loaded. */
    failed,
    load,
    add,
    forget,
    opened,
    state,
    letIn,
    rooms: (): Iterable<ServerRoom> => rooms.values(),
    close(): void {
      closed = true;
      for (const room of rooms.values()) room.close();
    },
  };
}
