import type { Client } from '@harmonium/api/client';
import type { Server } from '@harmonium/api/server';
import type { User } from '@harmonium/api/user';
import type { UserClientEvent } from '@harmonium/rooms/client-event';
import { CLOSE_CODES } from '@harmonium/rooms/close-codes';
import type { ChosenStatus } from '@harmonium/rooms/presence';
import type { UserServerEvent } from '@harmonium/rooms/server-event';
import { createSignal } from 'solid-js';
import { createUnread } from '../unread/create-unread.ts';
import type { Unread } from '../unread/create-unread.ts';
import { createMetEmojis } from '../emoji/met-emojis.ts';
import type { MetEmojis } from '../emoji/met-emojis.ts';
import type { Direct, DirectDeps } from '../direct/create-direct.ts';
import type { ChannelRoom } from './channel-room.ts';
import { createChosenPresence } from './chosen-presence.ts';
import { createDrafts } from './drafts.ts';
import type { Drafts } from './drafts.ts';
import { createJoinedServers } from './joined-servers.ts';
import type { MemberList } from './member-list.ts';
import type { Outbox } from './outbox.ts';
import type { ServerPresence, ServerStatus } from './server-room.ts';
import type { ServerState } from './server-state.ts';
import { createRoomSocket } from './socket.ts';
import type { RoomSocket, SocketClock, SocketPhase } from './socket.ts';
import { createUserFeed } from './user-feed.ts';
import { createVisitedChannels } from './visited-channels.ts';

/** Over about this long clients spread what they ask of api after a reconnect, in milliseconds. */
const SPREAD_MS = 5_000;

export interface RoomsDeps extends SocketClock {
  call: Client;
  me: () => User;
  storage: Storage;
  outbox: Outbox;
  /** The login behind the sockets was ended, on another device or by an owner. */
  onSessionRevoked: () => void;
  /** Friends and conversations load beside the app, not before it. */
  loadDirect: () => Promise<(deps: DirectDeps) => Direct>;
  /** The own account was changed, on this device or another. */
  onMeUpdated: () => void;
}

export interface Rooms {
  /** Joined servers; undefined until they are known. */
  servers(): readonly Server[] | undefined;
  /** The list of servers could not be loaded. */
  failed(): boolean;
  /** A joined server, live; undefined until it is loaded. */
  server(id: string): ServerState | undefined;
  serverStatus(id: string): ServerStatus;
  members(id: string): MemberList;
  /** Friends and direct conversations; undefined until they are loaded. */
  direct(): Direct | undefined;
  /** What is not read, and what the user wants to be told of. */
  unread: Unread;
  /** Emoji of servers that are not among those joined. */
  metEmojis: MetEmojis;
  /** The room of a channel, kept for the last few visited. */
  channel(id: string): ChannelRoom;
  /** Opens the socket of the channel on the screen and closes that of the one before. */
  show(id: string | undefined): void;
  /** The same for the one beside it. */
  showBeside(id: string | undefined): void;
  /** What is written and not yet sent. */
  drafts: Drafts;
  /** How the connection of what is on the screen stands. */
  connection(): SocketPhase;
  /** The browser says that there is no network. */
  offline(): boolean;
  presence(): ServerPresence;
  /** What was said beside it stays. */
  setPresence(status: ChosenStatus): void;
  /** Empty: nothing; `clearAt`: when it goes by itself, milliseconds since the Unix epoch. */
  setStatusText(text: string, clearAt: number | undefined): void;
  /** Nobody has touched this device for a while, or somebody is back at it. */
  setIdle(isIdle: boolean): void;
  /** A server made or joined on this device: no need to wait for the room to say so. */
  add(server: Server): void;
  /** A server left or deleted on this device. */
  forget(id: string): void;
  /** Connects again at once. */
  wake(): void;
  setOffline(offline: boolean): void;
  close(): void;
}

export function createRooms(deps: RoomsDeps): Rooms {
  const { call } = deps;
  const [userPhase, setUserPhase] = createSignal<SocketPhase>('connecting');
  const [offline, setOffline] = createSignal(false);
  const chosen = createChosenPresence({
    storage: deps.storage,
    key: `harmonium.presence.${deps.me().id}`,
    now: deps.now,
    onChange: declarePresence,
  });
  let isIdle = false;
  /** Idle takes the place of online only: who chose another status keeps it. */
  const shownPresence = (): ServerPresence =>
    isIdle && chosen.shown().status === 'online'
      ? { ...chosen.shown(), status: 'idle' }
      : chosen.shown();
  const spread = () => SPREAD_MS * (0.2 + deps.random());
  const clock = { now: deps.now, random: deps.random, everyBeat: deps.everyBeat };
  const servers = createJoinedServers({
    call,
    clock,
    presence: shownPresence,
    onEvent: (id, event) => unread.hearServer(id, event),
    spread,
  });
  const channels = createVisitedChannels({
    call,
    clock,
    me: deps.me,
    outbox: deps.outbox,
    letIn: servers.letIn,
  });
  let closed = false;
  let wasReady = false;
  let reloading: ReturnType<typeof setTimeout> | undefined;

  const user: RoomSocket<UserClientEvent> = createRoomSocket<UserServerEvent, UserClientEvent>({
    ...clock,
    issue: () => call('POST /api/users/@me/ticket'),
    onEvent: hear,
    onPhase: (phase, code) => {
      setUserPhase(phase);
      if (phase === 'connected') declareToFriends();
      if (code === CLOSE_CODES.session_revoked.code) deps.onSessionRevoked();
    },
  });
  const declareToFriends = () => user.send({ type: 'presence.set', ...shownPresence() });
  const feed = createUserFeed();
  const unread = createUnread({
    call,
    me: deps.me,
    say: (event) => user.send(event),
    server: servers.state,
    now: deps.now,
    storage: deps.storage,
  });
  let loadingDirect = false;
  const [direct, setDirect] = createSignal<Direct>();
  void servers.load();
  void loadDirect();

  async function loadDirect(): Promise<void> {
    if (loadingDirect) return;
    loadingDirect = true;
    try {
      const createDirect = await deps.loadDirect();
      if (closed) return;
      const me = deps.me;
      const created = createDirect({ call, me, unread, spread });
      feed.listen(created.hear);
      setDirect(created);
    } catch {
      // Asked for again when somebody is back at this device.
    } finally {
      loadingDirect = false;
    }
  }

  function hear(event: UserServerEvent): void {
    unread.hear(event);
    feed.tell(event);
    switch (event.type) {
      case 'ready':
        // Servers may have been joined or left while nobody listened. Spread out: after a restart
        // everyone is back at once, and this asks the database.
        if (wasReady) reloading = setTimeout(() => void servers.load(), spread());
        wasReady = true;
        return;
      case 'server.joined':
        servers.add(event.server);
        return;
      case 'server.left':
        servers.forget(event.serverId);
        return;
      case 'me.updated':
        deps.onMeUpdated();
        return;
      case 'read.mark':
      case 'notifications.changed':
      case 'relationship.changed':
      case 'relationship.removed':
      case 'direct.opened':
      case 'direct.updated':
      case 'direct.closed':
      case 'direct.activity':
      case 'presence.changed':
      case 'voice.joined':
      case 'voice.updated':
      case 'voice.left':
      case 'session.revoked':
      case 'rejected':
      case 'ticket':
      case 'pong':
    }
  }

  function declarePresence(): void {
    declareToFriends();
    for (const room of servers.rooms()) room.declarePresence();
  }

  const everySocket = () => [user, ...servers.rooms(), ...channels.rooms()];

  return {
    servers: servers.list,
    failed: servers.failed,
    server: (id) => servers.opened(id).state(),
    serverStatus: (id) => servers.opened(id).status(),
    members: (id) => servers.opened(id).members(),
    direct,
    unread,
    metEmojis: createMetEmojis((id) => call('GET /api/emojis/:id', { params: { id } })),
    channel: channels.room,
    drafts: createDrafts(deps.storage, deps.me().id),
    show: channels.show,
    showBeside: channels.showBeside,
    connection: () => channels.shown()?.phase() ?? userPhase(),
    offline,
    presence: chosen.shown,
    setPresence: chosen.setStatus,
    setStatusText: chosen.setText,
    add: servers.add,
    forget: servers.forget,
    setIdle(idle) {
      isIdle = idle;
      declarePresence();
    },
    wake() {
      for (const socket of everySocket()) socket.wake();
      if (servers.failed()) void servers.load();
      if (direct() === undefined) void loadDirect();
      else if (direct()?.failed() === true) direct()?.retry();
    },
    setOffline(isOffline) {
      setOffline(isOffline);
      for (const socket of everySocket()) {
        if (isOffline) socket.drop();
        else socket.wake();
      }
    },
    close() {
      closed = true;
      clearTimeout(reloading);
      chosen.stop();
      unread.flush();
      user.close();
      unread.dispose();
      direct()?.dispose();
      servers.close();
      channels.close();
      deps.outbox.close();
    },
  };
}
