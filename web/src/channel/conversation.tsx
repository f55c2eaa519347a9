import type { Channel } from '@harmonium/api/channel';
import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import { Permission, hasPermission } from '@harmonium/api/permissions';
import type { User } from '@harmonium/api/user';
import { useNavigate } from '@solidjs/router';
import { createContext, createMemo, createSignal, useContext } from 'solid-js';
import type { JSX } from 'solid-js';
import { useToasts } from '../design/toast.tsx';
import { createEmojiMemory } from '../emoji/emoji-memory.ts';
import { isOwn } from '../emoji/own-emoji.ts';
import type { ChannelRoom, Outcome } from '../room/channel-room.ts';
import { directName } from '../room/direct-name.ts';
import { displayName, memberName } from '../room/member-groups.ts';
import { useRooms } from '../room/rooms.tsx';
import { channelOf } from '../room/server-view.ts';
import { useAsk } from '../servers/dialogs.tsx';
import { usePanels } from '../servers/panels.tsx';
import { useSession } from '../session-context.tsx';
import { t } from '../strings/strings.ts';
import { justBefore, youngerOf } from '../unread/snowflakes.ts';
import { useUnread } from '../unread/use-unread.ts';
import { createChannelEmoji } from './channel-emoji.ts';
import { excerptOf } from './excerpt.ts';
import { createListState } from './list-state.ts';
import { messagePath } from './message-path.ts';
import { createNews } from './news.ts';
import { createSelection } from './selection.ts';

export interface Author {
  user: User;
  name: string;
  roleColor: number | undefined;
}

/** What every part of a channel on the screen shares. */
export type Conversation = ReturnType<typeof createConversation>;

interface Place {
  /** Undefined: a direct conversation. */
  serverId: string | undefined;
  room: ChannelRoom;
  /** A thread in the archive, of which the server's channels do not know. */
  archived?: Channel | undefined;
  /** It stands beside the channel in which it began. */
  isBeside?: boolean | undefined;
}

function createConversation(place: Place) {
  const rooms = useRooms();
  const session = useSession();
  const unread = useUnread();
  const toasts = useToasts();
  const ask = useAsk();
  const panels = usePanels();
  const [editing, setEditing] = createSignal<Snowflake>();
  const [removing, setRemoving] = createSignal<Message>();
  const [replying, setReplying] = createSignal<Message>();
  const navigate = useNavigate();
  const list = createListState(place.room, (outcome) => {
    toasts.complain(t(outcome === 'missing' ? 'channel.jumpMissing' : 'channel.jumpFailed'));
  });
  const memory = createEmojiMemory(localStorage);
  const emoji = createChannelEmoji(rooms, place.serverId);
  const selection = createSelection(() => place.room.history.shown().messages);
  const news = createNews({
    me: () => session.user()?.id,
    found: () => {
      const { messages, seq } = place.room.timeline();
      if (!unread.known() || seq === undefined) return undefined;
      const latest = youngerOf(unread.latest(place.room.id), messages.at(-1)?.id);
      return { lastRead: unread.lastRead(place.room.id), latest };
    },
    present: place.room.timeline,
    onRead: (id) => unread.markRead(place.room.id, id),
  });
  const server = () => (place.serverId === undefined ? undefined : rooms.server(place.serverId));
  const direct = createMemo(() =>
    place.serverId === undefined ? rooms.direct()?.channel(place.room.id) : undefined,
  );
  const channel = createMemo(() => channelOf(server(), place.room.id) ?? place.archived);

  const may = (bit: bigint): boolean => {
    const you = place.room.you();
    return you !== undefined && hasPermission(you.permissions, bit);
  };

  /** Of somebody of whom only the id is known. */
  function nameById(id: string): string | undefined {
    if (place.serverId === undefined) {
      return direct()?.participants.find((user) => user.id === id)?.username;
    }
    const member = rooms.members(place.serverId).get(id);
    return member === undefined ? undefined : displayName(member);
  }

  const [goneThreads, setGoneThreads] = createSignal<ReadonlySet<string>>(new Set());

  /** Beside its channel where there is room for both. */
  function openThread(threadId: string): void {
    if (place.serverId === undefined) return;
    navigate(
      panels.isWide() && !place.isBeside
        ? `/servers/${place.serverId}/${place.room.id}?thread=${threadId}`
        : `/servers/${place.serverId}/${threadId}`,
    );
  }

  return {
    room: place.room,
    channel,
    direct,
    /** What it is called, with the sign of its kind. */
    name: (): string => {
      const open = direct();
      if (open !== undefined) return directName(open, session.user()?.id);
      const name = channel()?.name;
      if (name === undefined) return '';
      return channel()?.type === 'thread' ? name : `#${name}`;
    },
    isBeside: place.isBeside === true,
    /** A thread may begin with the message. */
    canStartThread: (message: Message) =>
      channel()?.type === 'text' &&
      message.removedAt === null &&
      (message.threadId === undefined || goneThreads().has(message.threadId)) &&
      may(Permission.CREATE_THREADS) &&
      may(Permission.SEND_MESSAGES),
    startThread(message: Message): void {
      const { serverId } = place;
      if (serverId === undefined) return;
      const open = openThread;
      ask({ about: 'start-thread', serverId, message, onStarted: open });
    },
    openThread,
    /** A thread under one of the messages turned out to be deleted. */
    missThread: (id: string) => void setGoneThreads((ids) => new Set(ids).add(id)),
    isBlocked: (userId: string) => rooms.direct()?.isBlocked(userId) === true,
    me: () => session.user(),
    editing,
    removing,
    setRemoving,
    /** What the next message answers; undefined: nothing. */
    replying,
    setReplying: (message: Message | undefined) => void setReplying(message),
    /** Shows a message where it was said, here or in another channel. */
    jumpTo(channelId: string, messageId: string, serverId = place.serverId): void {
      if (channelId !== place.room.id) {
        navigate(messagePath({ serverId, channelId, messageId }));
        return;
      }
      // Out of an address or a message; a room that does not know it says so.
      void list.jump(messageId as Snowflake);
    },
    /** Its address within the app. */
    path: (): string =>
      place.serverId === undefined
        ? `/direct/${place.room.id}`
        : `/servers/${place.serverId}/${place.room.id}`,
    list,
    selection,
    news,
    startEdit: (id: Snowflake | undefined) => setEditing(id),
    /** Until the room has said otherwise, writing is taken to be allowed: the outbox keeps it. */
    canWrite: () => place.room.you() === undefined || may(Permission.SEND_MESSAGES),
    canEdit: (message: Message) =>
      message.author.id === session.user()?.id && message.removedAt === null,
    /** Files may go with a message. */
    canAttach: () =>
      (place.room.you() === undefined || may(Permission.SEND_MESSAGES)) &&
      (place.serverId === undefined || may(Permission.ATTACH_FILES)),
    canAnswer: (message: Message) =>
      message.removedAt === null &&
      (place.room.you() === undefined || may(Permission.SEND_MESSAGES)),
    /** The servers' own. */
    emoji,
    /** The emoji used last, on this device; of the servers' own those that may be used here. */
    recentEmoji: (): readonly string[] =>
      memory.recent().filter((key) => !isOwn(key) || emoji.usable(key) !== undefined),
    canReact: () => place.serverId === undefined || may(Permission.ADD_REACTIONS),
    canPin: () => place.serverId === undefined || may(Permission.PIN_MESSAGES),
    canSelect: () => place.serverId !== undefined && may(Permission.MANAGE_MESSAGES),
    isPinned: (id: Snowflake) => place.room.timeline().pins.includes(id),
    /** The message names the reader, one of their roles, or everyone. */
    isNamed: ({ mentions }: Message): boolean => {
      if (mentions === undefined) return false;
      const id = session.user()?.id;
      const roles = server()?.me.roles ?? [];
      return (
        mentions.everyone ||
        mentions.users.some((user) => user === id) ||
        mentions.roles.some((role) => roles.includes(role))
      );
    },
    /** Puts an emoji of one's own on a message, or takes it away. */
    async react(message: Message, key: string, on: boolean): Promise<void> {
      if (on) memory.used(key);
      const outcome = await place.room.reactions.set(message.id, key, on);
      if (!outcome.ok) toasts.complain(refusalSentence(outcome.code));
    },
    async pin(message: Message, on: boolean): Promise<void> {
      const outcome = await place.room.pin(message.id, on);
      if (!outcome.ok) toasts.complain(refusalSentence(outcome.code));
    },
    /** At once, for whoever is sure. */
    async remove(message: Message): Promise<void> {
      const outcome = await place.room.remove(message.id);
      if (!outcome.ok) toasts.complain(refusalSentence(outcome.code));
    },
    markUnread(message: Message): void {
      unread.markUnread(place.room.id, message.id);
      news.setMark(justBefore(message.id));
      toasts.say(t('channel.markedUnread'));
    },
    async copy(text: string, done: string): Promise<void> {
      try {
        await navigator.clipboard.writeText(text);
        toasts.say(done);
      } catch {
        toasts.complain(t('channel.copyFailed'));
      }
    },
    linkTo: (message: Message) =>
      location.origin +
      messagePath({
        serverId: place.serverId,
        channelId: place.room.id,
        messageId: message.id,
      }),
    /** A message in one line. */
    excerpt: (message: Message): string =>
      excerptOf(message.content, {
        user: (id) => nameById(id) ?? t('channel.unknownPerson'),
        role: (id) =>
          server()?.structure.roles.find((role) => role.id === id)?.name ??
          t('channel.unknownRole'),
        channel: (id) => channelOf(server(), id)?.name ?? t('channel.unknownChannel'),
      }),
    canRemove: (message: Message) =>
      message.removedAt === null &&
      (message.author.id === session.user()?.id || may(Permission.MANAGE_MESSAGES)),
    /** The last message one may still change, for the Up key. */
    lastOwn: (): Message | undefined =>
      place.room
        .timeline()
        .messages.findLast(
          (message) => message.author.id === session.user()?.id && message.removedAt === null,
        ),
    /** When the reader's timeout here ends, or ended, milliseconds since the Unix epoch. */
    timeoutUntil: (): number | undefined => {
      const until = server()?.me.timeoutUntil;
      return typeof until === 'string' ? Date.parse(until) : undefined;
    },
    /** Shows who somebody is beside what was clicked. */
    showPerson: (user: User, at: Element): void => {
      const { serverId } = place;
      if (serverId === undefined) return;
      ask({ about: 'profile', serverId, user, at: at.getBoundingClientRect() });
    },
    /** What somebody is called here. */
    nameOf: (user: { id: string; username: string }): string =>
      place.serverId === undefined
        ? user.username
        : memberName(rooms.members(place.serverId), user),
    author: (user: User): Author => {
      const member =
        place.serverId === undefined ? undefined : rooms.members(place.serverId).get(user.id);
      if (member === undefined) return { user, name: user.username, roleColor: undefined };
      const role = server()
        ?.structure.roles.filter((each) => each.color !== null && member.roles.includes(each.id))
        .reduce<{ color: number | null; position: number } | undefined>(
          (top, each) => (top === undefined || each.position > top.position ? each : top),
          undefined,
        );
      return { user: member.user, name: displayName(member), roleColor: role?.color ?? undefined };
    },
  };
}

const ConversationContext = createContext<Conversation>();

export function ConversationProvider(props: Place & { children: JSX.Element }) {
  // Keyed by its room: another channel is another provider.
  const conversation = createConversation({
    serverId: props.serverId,
    room: props.room,
    get archived() {
      return props.archived;
    },
    isBeside: props.isBeside,
  });
  return (
    <ConversationContext.Provider value={conversation}>
      {props.children}
    </ConversationContext.Provider>
  );
}

export function useConversation(): Conversation {
  const conversation = useContext(ConversationContext);
  if (conversation === undefined) {
    throw new Error('useConversation is called outside of ConversationProvider');
  }
  return conversation;
}

const REFUSALS = {
  invalid: () => t('channel.rejected.invalid'),
  missing_permission: () => t('channel.rejected.missing_permission'),
  not_found: () => t('channel.rejected.not_found'),
  too_many: () => t('channel.rejected.too_many'),
  flooding: () => t('channel.rejected.flooding'),
  slow_mode: () => t('channel.rejected.slow_mode'),
  unavailable: () => t('channel.rejected.unavailable'),
  offline: () => t('channel.rejected.offline'),
} satisfies Record<Extract<Outcome, { ok: false }>['code'], () => string>;

/** Why a room refused, as a sentence. */
export function refusalSentence(code: keyof typeof REFUSALS): string {
  return REFUSALS[code]();
}
