import type { Channel } from '@harmonium/api/channel';
import type { Client } from '@harmonium/api/client';
import { compareSnowflakes } from '@harmonium/api/id-order';
import type { Snowflake } from '@harmonium/api/ids';
import type { NotificationChoice, NotificationLevel } from '@harmonium/api/notification';
import type { UserClientEvent } from '@harmonium/rooms/client-event';
import type { ServerServerEvent, UserServerEvent } from '@harmonium/rooms/server-event';
import { batch, createRoot, createSignal } from 'solid-js';
import { createStore } from 'solid-js/store';
import type { ServerState } from '../room/server-state.ts';
import { createLevels } from './levels.ts';
import { createMarks } from './marks.ts';
import { createPreferences } from './preferences.ts';
import { justBefore, snowflakeAt, youngerOf } from './snowflakes.ts';

/** Namings that count in one channel; more are a number that nobody reads. */
const MAX_NAMINGS = 200;

export interface UnreadDeps {
  call: Client;
  me: () => { id: string };
  say: (event: UserClientEvent) => boolean;
  /** A joined server, as it is now. */
  server: (id: string) => ServerState | undefined;
  now: () => number;
  storage: Storage;
}

export interface UnreadState {
  /** Something in it was not read; never of what is muted. */
  unread: boolean;
  /** Messages in it that name the reader, not read; of a conversation 1 when it is not read. */
  mentions: number;
  muted: boolean;
}

/** A message that was written just now. */
export interface Arrival {
  /** Undefined: in a conversation. */
  serverId: string | undefined;
  channelId: Snowflake;
  messageId: Snowflake;
  authorId: Snowflake;
  /** It names the reader. */
  isMention: boolean;
}

/** After its first word a room repeats what is not read; it is not new, in milliseconds. */
const REPEATING_MS = 2_000;

const NO_CHOICE: NotificationChoice = { level: null, mutedUntil: null };

const NOTHING: UnreadState = { unread: false, mentions: 0, muted: false };

export type Unread = ReturnType<typeof createUnread>;

/** What is not read, everywhere: from what the rooms say, without asking anybody. */
export function createUnread(deps: UnreadDeps) {
  return createRoot((disposeRoot) => {
    /** Until the user's room has spoken, everything would seem to be unread. */
    const [known, setKnown] = createSignal(false);
    const marks = createMarks(deps.say);
    const levels = createLevels(deps.now);
    const [latest, setLatest] = createStore<Record<string, Snowflake>>({});
    const [namings, setNamings] = createStore<Record<string, readonly Snowflake[]>>({});
    /** The server of each of its channels; a channel without is a conversation. */
    const [serverOf, setServerOf] = createStore<Record<string, string>>({});
    /** The channel of each thread. */
    const [parentOf, setParentOf] = createStore<Record<string, Snowflake>>({});
    /** Marked as unread by hand, and so not read again by merely being on the screen. */
    const held = new Set<string>();
    const listeners = new Set<(arrival: Arrival) => void>();
    const preferences = createPreferences(deps.storage);
    let readyAt = 0;

    /** Who came later has not missed what was said before. */
    function lastRead(channelId: string): Snowflake | undefined {
      const mark = marks.get(channelId);
      if (mark !== undefined || !known()) return mark;
      const joinedAt = deps.server(serverOf[channelId] ?? '')?.me.joinedAt;
      return joinedAt === undefined ? undefined : snowflakeAt(Date.parse(joinedAt));
    }

    const isAfter = (messageId: Snowflake, mark: Snowflake | undefined): boolean =>
      mark === undefined || compareSnowflakes(messageId, mark) > 0;

    /** What is chosen for these goes for a channel too, the nearest first. */
    const around = (channelId: string): string[] =>
      [channelId, parentOf[channelId], serverOf[channelId]].filter((id) => id !== undefined);

    const isMuted = (channelId: string): boolean => around(channelId).some(levels.isMuted);

    function place(serverId: string, channel: Pick<Channel, 'id' | 'parentId'>): void {
      setServerOf(channel.id, serverId);
      if (channel.parentId !== undefined) setParentOf(channel.id, channel.parentId);
    }

    function stateOf(channelId: string): UnreadState {
      if (isMuted(channelId)) return { ...NOTHING, muted: true };
      const last = latest[channelId];
      if (last === undefined || !known()) return NOTHING;
      const mark = lastRead(channelId);
      if (!isAfter(last, mark)) return NOTHING;
      if (serverOf[channelId] === undefined) return { unread: true, mentions: 1, muted: false };
      const mentions = namings[channelId]?.filter((id) => isAfter(id, mark)).length ?? 0;
      return { unread: true, mentions, muted: false };
    }

    const channelsOf = (serverId: string): readonly { id: Snowflake }[] =>
      deps.server(serverId)?.structure.channels ?? [];

    function stateOfServer(serverId: string): UnreadState {
      if (levels.isMuted(serverId)) return { ...NOTHING, muted: true };
      const states = channelsOf(serverId).map(({ id }) => stateOf(id));
      return {
        unread: states.some(({ unread }) => unread),
        mentions: states.reduce((sum, { mentions }) => sum + mentions, 0),
        muted: false,
      };
    }

    const tell = (arrival: Arrival): void => listeners.forEach((listen) => listen(arrival));

    function stir(channelId: Snowflake, messageId: Snowflake): void {
      setLatest(channelId, (before) => youngerOf(before, messageId) ?? messageId);
    }

    function name(channelId: Snowflake, messageId: Snowflake): void {
      setNamings(channelId, (before = []) =>
        before.includes(messageId) ? before : [...before, messageId].slice(-MAX_NAMINGS),
      );
    }

    function unname(channelId: Snowflake, messageId: Snowflake): void {
      setNamings(channelId, (before = []) => before.filter((id) => id !== messageId));
    }

    /** Only ever forward: a slower device takes nothing back. */
    function markRead(channelId: Snowflake, messageId: Snowflake): void {
      if (!held.has(channelId) && !marks.isRead(channelId, messageId)) {
        marks.set([{ channelId, messageId }]);
      }
    }

    function markAllRead(channelIds: readonly Snowflake[]): void {
      const changed = [];
      for (const channelId of channelIds) {
        held.delete(channelId);
        const messageId = latest[channelId];
        if (messageId !== undefined && !marks.isRead(channelId, messageId)) {
          changed.push({ channelId, messageId });
        }
      }
      marks.set(changed);
    }

    return {
      /** What the rest is made of has been told. */
      known,
      /** The youngest message that was read, or a moment before which nothing counts as missed. */
      lastRead,
      /** The youngest message there is, as far as the rooms have said. */
      latest: (channelId: string): Snowflake | undefined =>
        known() ? latest[channelId] : undefined,
      /** The oldest message that is not read and names the reader. */
      firstMention: (channelId: string): Snowflake | undefined =>
        namings[channelId]?.find((id) => isAfter(id, lastRead(channelId))),
      stateOf,
      stateOfServer,
      isRead: marks.isRead,
      /** How this browser tells of what is new. */
      preferences,
      /** Hears of each message as it is written; answers how to stop. */
      listen(listener: (arrival: Arrival) => void): () => void {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      markRead,
      markAllRead,
      markServerRead: (serverId: string) => markAllRead(channelsOf(serverId).map(({ id }) => id)),
      /** The message, and what follows, is unread again, until one comes back to the channel. */
      markUnread(channelId: Snowflake, messageId: Snowflake): void {
        held.add(channelId);
        marks.set([{ channelId, messageId: justBefore(messageId) }]);
      },
      /** The reader went elsewhere: coming back reads it. */
      release: (channelId: string) => held.delete(channelId),
      /** Something is known of a channel that no room has spoken of yet. */
      stir,
      setting: levels.of,
      isMuted,
      /** What one is told of in a channel. */
      level(channelId: string): NotificationLevel {
        const otherwise = serverOf[channelId] === undefined ? 'all' : 'mentions';
        return levels.level(around(channelId), otherwise);
      },
      levelOfServer: (serverId: string) => levels.level([serverId], 'mentions'),
      serverOf: (channelId: string): string | undefined => serverOf[channelId],
      async choose(targetId: Snowflake, choice: Partial<NotificationChoice>): Promise<void> {
        // A copy: what is held changes under the hands.
        const before = { ...(levels.of(targetId) ?? NO_CHOICE) };
        const { level = before.level, mutedUntil = before.mutedUntil } = choice;
        // Seen at once; what api refuses is put back.
        levels.set([{ targetId, level, mutedUntil }]);
        try {
          const parts = { params: { targetId }, body: { level, mutedUntil } };
          levels.set([await deps.call('PUT /api/users/@me/notifications/:targetId', parts)]);
        } catch (problem) {
          levels.set([{ targetId, level: before.level, mutedUntil: before.mutedUntil }]);
          throw problem;
        }
      },
      hear(event: UserServerEvent): void {
        if (event.type === 'read.mark') marks.hear(event.channelId, event.messageId);
        else if (event.type === 'direct.activity') {
          stir(event.channelId, event.messageId);
          if (deps.now() - readyAt < REPEATING_MS) return;
          const { channelId, messageId, authorId } = event;
          tell({ serverId: undefined, channelId, messageId, authorId, isMention: false });
        } else if (event.type === 'notifications.changed') levels.set(event.settings);
        else if (event.type === 'ready') {
          readyAt = deps.now();
          batch(() => {
            for (const { channelId, messageId } of event.marks) marks.hear(channelId, messageId);
            levels.replace(event.notifications);
            setKnown(true);
          });
          marks.flush();
        }
      },
      hearServer(serverId: string, event: ServerServerEvent): void {
        batch(() => {
          if (event.type === 'ready') {
            for (const channel of event.structure.channels) place(serverId, channel);
            for (const { channelId, messageId } of event.latest) stir(channelId, messageId);
            for (const { channelId, messageId } of event.mentions) name(channelId, messageId);
          } else if (event.type === 'channel.created') place(serverId, event.channel);
          else if (event.type === 'mention') name(event.channelId, event.messageId);
          else if (event.type === 'mention.removed') unname(event.channelId, event.messageId);
          else if (event.type === 'activity') {
            setServerOf(event.channelId, serverId);
            stir(event.channelId, event.messageId);
            // Whoever writes has read what is above it, on whichever device.
            if (event.authorId === deps.me().id) marks.note(event.channelId, event.messageId);
          }
        });
        if (event.type !== 'activity' && event.type !== 'mention') return;
        const { channelId, messageId, authorId } = event;
        tell({ serverId, channelId, messageId, authorId, isMention: event.type === 'mention' });
      },
      flush: marks.flush,
      dispose(): void {
        marks.dispose();
        disposeRoot();
      },
    };
  });
}
