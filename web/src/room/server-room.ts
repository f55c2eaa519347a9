import type { Snowflake } from '@harmonium/api/ids';
import type { Member } from '@harmonium/api/member';
import type { IssuedTicket, ServerView } from '@harmonium/api/server';
import type { ServerClientEvent } from '@harmonium/rooms/client-event';
import { CLOSE_CODES } from '@harmonium/rooms/close-codes';
import { MAX_REQUESTED_PRESENCES } from '@harmonium/rooms/limits';
import type { ServerServerEvent } from '@harmonium/rooms/server-event';
import { batch, createRoot, createSignal } from 'solid-js';
import { createStore } from 'solid-js/store';
import { ApiProblem } from '@harmonium/api/client';
import { createMemberList } from './member-list.ts';
import type { MemberList } from './member-list.ts';
import { makeNonce } from './nonce.ts';
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
    onPhase: (phase: SocketPhase, code?: number) => void;
  }) => ServerSocket;
  /** What the reader chose to show; told to the room at each connection. */
  presence: () => ServerPresence | undefined;
  /** Everything the room says, when it is part of the state already. */
  onEvent: (event: ServerServerEvent) => void;
  onGone: (id: string) => void;
  /** A wait in milliseconds, another for each. */
  spread: () => number;
}

/** Ends that say nothing about being a member. */
const STILL_MEMBER = new Set<number | undefined>([
  CLOSE_CODES.session_revoked.code,
  CLOSE_CODES.too_many_connections.code,
]);

/** A room answers at once or is away, in milliseconds. */
const LET_IN_WITHIN_MS = 1_500;

export type ServerRoom = ReturnType<typeof createServerRoom>;

/** One joined server: its structure, people and calls, live. */
export function createServerRoom(id: string, deps: ServerRoomDeps) {
  let current: ServerState | undefined;
  const [held, setHeld] = createStore<{ state?: ServerState }>({});
  const [status, setStatus] = createSignal<ServerStatus>('loading');
  let socket: ServerSocket | undefined;
  let opening: Promise<void> | undefined;
  let list: ReturnType<typeof createMemberList> | undefined;
  let refreshing: ReturnType<typeof setTimeout> | undefined;
  let wasReady = false;
  /** More are online than the room named. */
  let someUnnamed = false;
  let roomUrl = '';
  const knocks = new Map<string, (ticket?: IssuedTicket) => void>();
  let disposeList = (): void => {};

  async function load(): Promise<void> {
    setStatus('loading');
    try {
      const { me, ticket, ...structure } = await deps.view(id);
      if (status() === 'gone') return;
      current = { structure, me, presences: {}, voice: {} };
      const state = current;
      batch(() => {
        setHeld('state', { ...state });
        setStatus('ready');
      });
      roomUrl = ticket.url;
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
      deps.onEvent(event);
    });
    if (event.type === 'channel.ticket') {
      const { channelId, ticket, expiresAt } = event;
      knocks.get(event.nonce ?? '')?.({ url: addressOf(channelId), ticket, expiresAt });
    }
    if (event.type === 'rejected') knocks.get(event.nonce ?? '')?.();
    if (event.type === 'ready') {
      someUnnamed = event.online > event.presences.length;
      greet();
    }
    if (event.type === 'server.removed') leave();
  }

  function changePhase(phase: SocketPhase, code?: number): void {
    if (phase === 'connected') declarePresence();
    if (phase === 'ended' && !STILL_MEMBER.has(code)) leave();
  }

  function greet(): void {
    if (wasReady) {
      // Spread out: after a restart everyone is back at once, and this asks the database.
      clearTimeout(refreshing);
      refreshing = setTimeout(() => void list?.refresh(), deps.spread());
    } else {
      wasReady = true;
      // Only now: who joins after the page was read is told by the room.
      void list?.refresh();
    }
  }

  /** Undefined: the room is away or does not know the channel; api can say more. */
  async function pageOfMembers(after: Snowflake | undefined, limit: number): Promise<Member[]> {
    const page = await deps.members(id, after, limit);
    if (someUnnamed) askPresences(page);
    return page;
  }

  function askPresences(page: readonly Member[]): void {
    const userIds = page.map((member) => member.user.id);
    for (let at = 0; at < userIds.length; at += MAX_REQUESTED_PRESENCES) {
      const some = userIds.slice(at, at + MAX_REQUESTED_PRESENCES);
      socket?.send({ type: 'presence.request', userIds: some });
    }
  }

  function letIn(channelId: string): Promise<IssuedTicket | undefined> {
    const channel = current?.structure.channels.find((one) => one.id === channelId);
    if (channel === undefined) return Promise.resolve(undefined);
    const nonce = makeNonce();
    return new Promise((resolve) => {
      const answer = (ticket?: IssuedTicket): void => {
        clearTimeout(timer);
        knocks.delete(nonce);
        resolve(ticket);
      };
      const timer = setTimeout(answer, LET_IN_WITHIN_MS);
      knocks.set(nonce, answer);
      if (socket?.send({ type: 'ticket.request', nonce, channelId: channel.id }) !== true) answer();
    });
  }

  /** Rooms are neighbours: one's address differs from another's in party and id. */
  function addressOf(channelId: Snowflake): string {
    return roomUrl.replace(/\/server\/\d+$/, `/main/${channelId}`);
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
        page: pageOfMembers,
        server: () => held.state,
      });
      if (wasReady) void created.refresh();
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
    letIn,
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
      clearTimeout(refreshing);
      socket?.close();
      disposeList();
    },
  };
}
