import type { Snowflake } from '@harmonium/api/ids';
import type { Member } from '@harmonium/api/member';
import type { IssuedTicket, ServerView } from '@harmonium/api/server';
import type { ServerClientEvent } from '@harmonium/rooms/client-event';
import type { ServerServerEvent } from '@harmonium/rooms/server-event';
import { batch, createRoot, createSignal } from 'solid-js';
import { createStore } from 'solid-js/store';
import { ApiProblem } from '@harmonium/api/client';
import { createMemberList } from './member-list.ts';
import type { MemberList } from './member-list.ts';
import { withServerEvent } from './server-state.ts';
import type { ServerState } from './server-state.ts';
import type { RoomSocket, SocketPhase } from './socket.ts';

/** `gone`: deleted, or the reader is no member. `failed`: it could not be loaded; try again. */
export type ServerStatus = 'loading' | 'ready' | 'gone' | 'failed';

type ServerSocket = Pick<RoomSocket<ServerClientEvent>, 'send' | 'wake' | 'drop' | 'close'>;
export type ServerPresence = Omit<Extract<ServerClientEvent, { type: 'presence.set' }>, 'type'>;

export interface ServerRoomDeps {
  view: (id: string) => Promise<ServerView>;
  members: (id: string, after: Snowflake | undefined, limit: number) => Promise<Member[]>;
  connect: (hooks: {
    first: IssuedTicket;
    onEvent: (event: ServerServerEvent) => void;
    onPhase: (phase: SocketPhase) => void;
  }) => ServerSocket;
  /** What the reader chose to show; told to the room at each connection. */
  presence: () => ServerPresence | undefined;
  onGone: (id: string) => void;
}

export type ServerRoom = ReturnType<typeof createServerRoom>;

/** One joined server: its structure, people and calls, live. */
export function createServerRoom(id: string, deps: ServerRoomDeps) {
  let current: ServerState | undefined;
  const [held, setHeld] = createStore<{ state?: ServerState }>({});
  const [status, setStatus] = createSignal<ServerStatus>('loading');
  let socket: ServerSocket | undefined;
  let opening: Promise<void> | undefined;
  let list: (MemberList & { hear(event: ServerServerEvent): void }) | undefined;
  let disposeList = (): void => {};

  async function load(): Promise<void> {
    setStatus('loading');
    try {
      const { me, ticket, ...structure } = await deps.view(id);
      if (status() === 'gone') return;
      current = { structure, me, presences: {}, voice: {}, latest: {} };
      const state = current;
      batch(() => {
        setHeld('state', { ...state });
        setStatus('ready');
      });
      socket = deps.connect({ first: ticket, onEvent: hear, onPhase: changePhase });
    } catch (problem) {
      const isGone = problem instanceof ApiProblem && [403, 404].includes(problem.status);
      setStatus(isGone ? 'gone' : 'failed');
    }
  }

  function hear(event: ServerServerEvent): void {
    if (current === undefined) return;
    const next = withServerEvent(current, event);
    current = next;
    batch(() => {
      setHeld('state', { ...next });
      list?.hear(event);
    });
    if (event.type === 'ready') declarePresence();
    if (event.type === 'server.removed') leave();
  }

  function changePhase(phase: SocketPhase): void {
    if (phase === 'connected') declarePresence();
    if (phase === 'ended') leave();
  }

  function declarePresence(): void {
    const presence = deps.presence();
    if (presence !== undefined) socket?.send({ type: 'presence.set', ...presence });
  }

  function leave(): void {
    setStatus('gone');
    deps.onGone(id);
  }

  function members(): MemberList {
    list ??= createRoot((dispose) => {
      disposeList = dispose;
      const created = createMemberList({
        page: (after, limit) => deps.members(id, after, limit),
        server: () => held.state,
      });
      void created.loadMore();
      return created;
    });
    return list;
  }

  return {
    id,
    status,
    state: () => held.state,
    members,
    declarePresence,
    open(): Promise<void> {
      opening ??= load();
      return opening;
    },
    /** Opens it, again where that failed before. */
    retry(): Promise<void> {
      if (opening === undefined || status() === 'failed') opening = load();
      return opening;
    },
    wake(): void {
      socket?.wake();
      if (status() === 'failed') opening = load();
    },
    drop: () => socket?.drop(),
    close(): void {
      setStatus('gone');
      socket?.close();
      disposeList();
    },
  };
}
