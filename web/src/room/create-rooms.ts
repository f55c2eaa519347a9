import type { Client } from '@harmonium/api/client';
import type { Snowflake } from '@harmonium/api/ids';
import type { IssuedTicket, Server } from '@harmonium/api/server';
import type { User } from '@harmonium/api/user';
import type {
  ChannelClientEvent,
  ServerClientEvent,
  UserClientEvent,
} from '@harmonium/rooms/client-event';
import { CLOSE_CODES } from '@harmonium/rooms/close-codes';
import type { ChosenStatus } from '@harmonium/rooms/presence';
import type {
  ChannelServerEvent,
  ServerServerEvent,
  UserServerEvent,
} from '@harmonium/rooms/server-event';
import { createSignal } from 'solid-js';
import { createUnread } from '../unread/create-unread.ts';
import type { Unread } from '../unread/create-unread.ts';
import { createMetEmojis } from '../emoji/met-emojis.ts';
import type { MetEmojis } from '../emoji/met-emojis.ts';
import type { Direct, DirectDeps } from '../direct/create-direct.ts';
import { createChannelRoom } from './channel-room.ts';
import type { ChannelRoom } from './channel-room.ts';
import { createChosenPresence } from './chosen-presence.ts';
import { createCourier } from './courier.ts';
import { createDrafts } from './drafts.ts';
import type { Drafts } from './drafts.ts';
import type { MemberList } from './member-list.ts';
import type { Outbox } from './outbox.ts';
import { createServerRoom } from './server-room.ts';
import type { ServerPresence, ServerRoom, ServerStatus } from './server-room.ts';
import type { ServerState } from './server-state.ts';
import { createRoomSocket } from './socket.ts';
import type { RoomSocket, SocketPhase } from './socket.ts';
import { createUserFeed } from './user-feed.ts';

/** Visited channels that stay in memory, so that going back shows them at once. */
const KEPT_CHANNELS = 10;

/** Over about this long clients spread what they ask of api after a reconnect, in milliseconds. */
const SPREAD_MS = 5_000;

export interface RoomsDeps {
  call: Client;
  me: () => User;
  storage: Storage;
  outbox: Outbox;
  now: () => number;
  random: () => number;
  /** Calls every PING_INTERVAL_MS until the answer is called. */
  everyBeat: (beat: () => void) => () => void;
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
  const [servers, setServers] = createSignal<readonly Server[]>();
  const [failed, setFailed] = createSignal(false);
  const [userPhase, setUserPhase] = createSignal<SocketPhase>('connecting');
  const [shown, setShown] = createSignal<ChannelRoom>();
  const [beside, setBeside] = createSignal<ChannelRoom>();
  const isShown = (id: string) => shown()?.id === id || beside()?.id === id;
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
  const serverRooms = new Map<string, ServerRoom>();
  const channels = new Map<string, ChannelRoom>();
  const courier = createCourier({ outbox: deps.outbox, room: channel, isShown });
  let closed = false;
  let wasReady = false;
  let reloading: ReturnType<typeof setTimeout> | undefined;
  const spread = () => SPREAD_MS * (0.2 + deps.random());

  const clock = { now: deps.now, random: deps.random, everyBeat: deps.everyBeat };
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
    server: joinedServer,
    now: deps.now,
    storage: deps.storage,
  });
  let loadingDirect = false;
  const [direct, setDirect] = createSignal<Direct>();
  void loadServers();
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
        if (wasReady) reloading = setTimeout(() => void loadServers(), spread());
        wasReady = true;
        return;
      case 'server.joined':
        add(event.server);
        return;
      case 'server.left':
        forget(event.serverId);
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

  async function loadServers(): Promise<void> {
    try {
      const list = await call('GET /api/users/@me/servers');
      if (closed) return;
      // Before the list, so that whoever reads it finds them.
      for (const server of list) serverRoom(server.id);
      setServers(list);
      setFailed(false);
      const joined = new Set<string>(list.map((server) => server.id));
      for (const id of serverRooms.keys()) if (!joined.has(id)) forget(id);
      for (const server of list) await serverRoom(server.id).retry();
    } catch {
      if (servers() === undefined) setFailed(true);
    }
  }

  function add(server: Server): void {
    const others = (servers() ?? []).filter((other) => other.id !== server.id);
    const known = serverRooms.get(server.id);
    if (known?.status() === 'gone') serverRooms.delete(server.id);
    void serverRoom(server.id).open();
    setServers([...others, server]);
  }

  function forget(id: string): void {
    setServers((list) => list?.filter((server) => server.id !== id));
    serverRooms.get(id)?.close();
  }

  function serverRoom(id: string): ServerRoom {
    const known = serverRooms.get(id);
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
      presence: shownPresence,
      onEvent: (event) => unread.hearServer(id, event),
      onGone: forget,
      spread,
    });
    serverRooms.set(id, room);
    return room;
  }

  /** A server one is in, without opening anything: computations read it. */
  function joinedServer(id: string): ServerState | undefined {
    return servers()?.some((server) => server.id === id) === true
      ? serverRooms.get(id)?.state()
      : undefined;
  }

  function opened(id: string): ServerRoom {
    const room = serverRoom(id);
    void room.open();
    return room;
  }

  /** The server's room knows who may go where; api is asked where it cannot be. */
  async function letIn(id: string): Promise<IssuedTicket> {
    for (const room of serverRooms.values()) {
      const ticket = await room.letIn(id);
      if (ticket !== undefined) return ticket;
    }
    return call('POST /api/channels/:id/ticket', { params: { id } });
  }

  function channel(id: string): ChannelRoom {
    const known = channels.get(id);
    if (known !== undefined) {
      channels.delete(id);
      channels.set(id, known);
      return known;
    }
    const channelId = id as Snowflake; // Router params are plain; the server checks them.
    const room = createChannelRoom(channelId, {
      me: deps.me,
      connect: (hooks) =>
        createRoomSocket<ChannelServerEvent, ChannelClientEvent>({
          ...clock,
          ...hooks,
          issue: () => letIn(id),
        }),
      page: (place, limit) =>
        call('GET /api/channels/:id/messages', { params: { id }, query: { ...place, limit } }),
      byIds: (ids) =>
        call('GET /api/channels/:id/messages', { params: { id }, query: { ids: ids.join(',') } }),
      outbox: deps.outbox.channel(channelId),
      now: deps.now,
    });
    channels.set(id, room);
    for (const oldest of channels.keys()) {
      if (channels.size <= KEPT_CHANNELS) break;
      if (!isShown(oldest) && !courier.carries(oldest)) channels.delete(oldest);
    }
    return room;
  }

  function declarePresence(): void {
    declareToFriends();
    for (const room of serverRooms.values()) room.declarePresence();
  }

  function show(id: string | undefined): void {
    replace(shown(), id === undefined ? undefined : channel(id), setShown);
  }

  function showBeside(id: string | undefined): void {
    replace(beside(), id === undefined ? undefined : channel(id), setBeside);
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

  const everySocket = () => [user, ...serverRooms.values(), ...channels.values()];

  return {
    servers,
    failed,
    server: (id) => opened(id).state(),
    serverStatus: (id) => opened(id).status(),
    members: (id) => opened(id).members(),
    direct,
    unread,
    metEmojis: createMetEmojis((id) => call('GET /api/emojis/:id', { params: { id } })),
    channel,
    drafts: createDrafts(deps.storage, deps.me().id),
    show,
    showBeside,
    connection: () => shown()?.phase() ?? userPhase(),
    offline,
    presence: chosen.shown,
    setPresence: chosen.setStatus,
    setStatusText: chosen.setText,
    add,
    forget,
    setIdle(idle) {
      isIdle = idle;
      declarePresence();
    },
    wake() {
      for (const socket of everySocket()) socket.wake();
      if (failed()) void loadServers();
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
      courier.stop();
      deps.outbox.close();
      clearTimeout(reloading);
      chosen.stop();
      unread.flush();
      user.close();
      unread.dispose();
      direct()?.dispose();
      for (const room of serverRooms.values()) room.close();
      for (const room of channels.values()) room.close();
    },
  };
}
