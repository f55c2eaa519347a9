import type { Client } from '@harmonium/api/client';
import type { DirectChannel } from '@harmonium/api/direct';
import { compareSnowflakes } from '@harmonium/api/id-order';
import type { Snowflake } from '@harmonium/api/ids';
import type { AskFriend, Relationship } from '@harmonium/api/relationship';
import type { User } from '@harmonium/api/user';
import type { Presence } from '@harmonium/rooms/presence';
import type { UserServerEvent } from '@harmonium/rooms/server-event';
import type { VoiceState } from '@harmonium/rooms/voice-state';
import { batch, createSignal } from 'solid-js';
import type { Unread } from '../unread/create-unread.ts';

export interface DirectDeps {
  call: Client;
  me: () => User;
  unread: Pick<Unread, 'latest' | 'stir' | 'stateOf'>;
  /** A wait in milliseconds, another for each. */
  spread: () => number;
}

export type Direct = ReturnType<typeof createDirect>;

/** Whom one knows and whom one talks to outside of servers, live. */
export function createDirect(deps: DirectDeps) {
  const { call } = deps;
  const [relationships, setRelationships] = createSignal<readonly Relationship[]>();
  const [known, setKnown] = createSignal<ReadonlyMap<string, DirectChannel>>();
  const [failed, setFailed] = createSignal(false);
  const [presences, setPresences] = createSignal<ReadonlyMap<string, Presence>>(new Map());
  const [voice, setVoice] = createSignal<readonly VoiceState[]>([]);
  let wasReady = false;
  let reloading: ReturnType<typeof setTimeout> | undefined;
  /** What changed while the lists were under way is younger than they are. */
  let heardMeanwhile: UserServerEvent[] | undefined;
  void load();

  const kindOf = (userId: string) => relationships()?.find(({ user }) => user.id === userId)?.kind;
  const channels = () => {
    const list = known();
    return list === undefined ? undefined : sorted([...list.values()]);
  };

  function sorted(list: DirectChannel[]): readonly DirectChannel[] {
    const place = (channel: DirectChannel) => deps.unread.latest(channel.id) ?? channel.id;
    return list.sort((one, other) => compareSnowflakes(place(other), place(one)));
  }

  async function load(): Promise<void> {
    const heard: UserServerEvent[] = [];
    heardMeanwhile = heard;
    try {
      const [people, conversations] = await Promise.all([
        call('GET /api/users/@me/relationships'),
        call('GET /api/users/@me/channels'),
      ]);
      if (heardMeanwhile !== heard) return;
      heardMeanwhile = undefined;
      batch(() => {
        setRelationships(people);
        setKnown(new Map());
        for (const channel of conversations) keep(channel);
        setFailed(false);
        for (const event of heard) hear(event);
      });
    } catch {
      if (heardMeanwhile === heard) heardMeanwhile = undefined;
      setFailed(known() === undefined);
    }
  }

  function hear(event: UserServerEvent): void {
    // Coming in changes nothing: heard again it would be taken for coming back.
    if (event.type !== 'ready') heardMeanwhile?.push(event);
    switch (event.type) {
      case 'ready':
        // Spread out: after a restart everyone is back at once, and this asks the database.
        if (wasReady) reloading = setTimeout(() => void load(), deps.spread());
        wasReady = true;
        setPresences(new Map());
        setVoice([]);
        return;
      case 'voice.joined':
      case 'voice.updated':
        setVoice((list) => [...list.filter((other) => !isSame(other, event.state)), event.state]);
        return;
      case 'voice.left':
        setVoice((list) =>
          list.filter((one) => one.channelId !== event.channelId || one.user.id !== event.userId),
        );
        return;
      case 'relationship.changed':
        relate(event.relationship.user.id, event.relationship);
        return;
      case 'relationship.removed':
        relate(event.userId);
        return;
      case 'direct.opened':
        keep(event.channel);
        return;
      case 'direct.updated':
        if (known()?.has(event.channel.id) === true) keep(event.channel);
        return;
      case 'direct.closed':
        setKnown((list) => list && without(list, event.channelId));
        return;
      case 'direct.activity':
        // In a conversation that was put away, or that is new: it is in the list again.
        if (known()?.has(event.channelId) === false) void fetch(event.channelId);
        return;
      case 'presence.changed':
        setPresences((list) => {
          const next = new Map(list);
          for (const presence of event.presences) next.set(presence.userId, presence);
          return next;
        });
        return;
      case 'read.mark':
      case 'notifications.changed':
      case 'server.joined':
      case 'server.left':
      case 'session.revoked':
      case 'me.updated':
      case 'rejected':
      case 'ticket':
      case 'pong':
    }
  }

  function relate(userId: string, relationship?: Relationship): void {
    setRelationships((list) => {
      const others = list?.filter(({ user }) => user.id !== userId);
      return relationship === undefined ? others : [...(others ?? []), relationship];
    });
    if (relationship?.kind !== 'friend') setPresences((list) => without(list, userId));
  }

  function keep(channel: DirectChannel): void {
    if (channel.lastMessageId !== null) deps.unread.stir(channel.id, channel.lastMessageId);
    setKnown((list) => new Map(list).set(channel.id, channel));
  }

  async function fetch(channelId: Snowflake): Promise<void> {
    try {
      keep(await call('GET /api/users/@me/channels/:id', { params: { id: channelId } }));
    } catch {
      // Left meanwhile, or away: the list is asked for again with the next connection.
    }
  }

  const isUnread = (channel: DirectChannel): boolean => deps.unread.stateOf(channel.id).unread;

  async function open(userIds: Snowflake[], name?: string): Promise<DirectChannel> {
    const body = name === undefined ? { userIds } : { userIds, name };
    const channel = await call('POST /api/users/@me/channels', { body });
    keep(channel);
    return channel;
  }

  return {
    /** Undefined until they are known. */
    relationships,
    /** Conversations in the list, the one written in last first. */
    channels,
    failed,
    retry: () => void load(),
    hear,
    channel: (id: string) => known()?.get(id),
    /** A conversation that is not in the list, if one has it at all. */
    find: fetch,
    isUnread,
    /** Who is in the call of a conversation, the first to come first. */
    inCall: (channelId: string) =>
      voice()
        .filter((state) => state.channelId === channelId)
        .sort((one, other) => one.since.localeCompare(other.since)),
    unread: () => channels()?.filter(isUnread).length ?? 0,
    requests: () => relationships()?.filter((each) => each.kind === 'incoming').length ?? 0,
    presence: (userId: string) => presences().get(userId)?.status ?? 'offline',
    statusText: (userId: string) => presences().get(userId)?.text,
    isBlocked: (userId: string) => kindOf(userId) === 'blocked',
    kind: kindOf,
    open,
    async ask(body: AskFriend): Promise<Relationship> {
      const relationship = await call('POST /api/users/@me/relationships', { body });
      relate(relationship.user.id, relationship);
      return relationship;
    },
    async set(uid: Snowflake, kind: 'friend' | 'blocked'): Promise<void> {
      const parts = { params: { uid }, body: { kind } };
      relate(uid, await call('PUT /api/users/@me/relationships/:uid', parts));
    },
    async end(uid: Snowflake): Promise<void> {
      await call('DELETE /api/users/@me/relationships/:uid', { params: { uid } });
      relate(uid);
    },
    async rename(id: Snowflake, name: string): Promise<void> {
      keep(await call('PATCH /api/users/@me/channels/:id', { params: { id }, body: { name } }));
    },
    async add(id: Snowflake, uid: Snowflake): Promise<void> {
      const parts = { params: { id, uid } };
      keep(await call('PUT /api/users/@me/channels/:id/participants/:uid', parts));
    },
    async take(id: Snowflake, uid: Snowflake): Promise<void> {
      await call('DELETE /api/users/@me/channels/:id/participants/:uid', { params: { id, uid } });
    },
    async close(id: Snowflake): Promise<void> {
      await call('DELETE /api/users/@me/channels/:id', { params: { id } });
      setKnown((list) => list && without(list, id));
    },
    dispose: () => clearTimeout(reloading),
  };
}

function isSame(one: VoiceState, other: VoiceState): boolean {
  return one.channelId === other.channelId && one.user.id === other.user.id;
}

function without<Value>(map: ReadonlyMap<string, Value>, key: string): ReadonlyMap<string, Value> {
  const next = new Map(map);
  next.delete(key);
  return next;
}
