import type { Client } from '@harmonium/api/client';
import type { DirectChannel } from '@harmonium/api/direct';
import { compareSnowflakes } from '@harmonium/api/id-order';
import type { Snowflake } from '@harmonium/api/ids';
import type { AskFriend, Relationship } from '@harmonium/api/relationship';
import type { User } from '@harmonium/api/user';
import type { UserClientEvent } from '@harmonium/rooms/client-event';
import type { Presence } from '@harmonium/rooms/presence';
import type { UserServerEvent } from '@harmonium/rooms/server-event';
import type { VoiceState } from '@harmonium/rooms/voice-state';
import { batch, createSignal } from 'solid-js';

export interface DirectDeps {
  call: Client;
  me: () => User;
  say: (event: UserClientEvent) => boolean;
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
  const [marks, setMarks] = createSignal<ReadonlyMap<string, Snowflake>>(new Map());
  const [latest, setLatest] = createSignal<ReadonlyMap<string, Snowflake>>(new Map());
  const [presences, setPresences] = createSignal<ReadonlyMap<string, Presence>>(new Map());
  const [voice, setVoice] = createSignal<readonly VoiceState[]>([]);
  let wasReady = false;
  let reloading: ReturnType<typeof setTimeout> | undefined;
  /** What was heard while the lists were under way is younger than they are. */
  let heardMeanwhile: UserServerEvent[] | undefined;
  void load();

  const kindOf = (userId: string) => relationships()?.find(({ user }) => user.id === userId)?.kind;
  const youngest = (channel: DirectChannel): Snowflake | undefined =>
    later(latest().get(channel.id), channel.lastMessageId ?? undefined);
  const channels = () => {
    const list = known();
    return list === undefined ? undefined : sorted([...list.values()]);
  };

  function sorted(list: DirectChannel[]): readonly DirectChannel[] {
    const place = (channel: DirectChannel) => youngest(channel) ?? channel.id;
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
        setKnown(new Map(conversations.map((channel) => [channel.id, channel])));
        setFailed(false);
        for (const event of heard) hear(event);
      });
    } catch {
      if (heardMeanwhile === heard) heardMeanwhile = undefined;
      setFailed(known() === undefined);
    }
  }

  function hear(event: UserServerEvent): void {
    heardMeanwhile?.push(event);
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
        stir(event.channelId, event.messageId);
        return;
      case 'read.mark':
        setMarks((list) => new Map(list).set(event.channelId, event.messageId));
        return;
      case 'presence.changed':
        setPresences((list) => {
          const next = new Map(list);
          for (const presence of event.presences) next.set(presence.userId, presence);
          return next;
        });
        return;
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
    setKnown((list) => new Map(list).set(channel.id, channel));
  }

  /** In a conversation that was put away, or that is new: it is in the list again. */
  function stir(channelId: Snowflake, messageId: Snowflake): void {
    setLatest((list) =>
      new Map(list).set(channelId, later(list.get(channelId), messageId) ?? messageId),
    );
    if (known()?.has(channelId) === false) void fetch(channelId);
  }

  async function fetch(channelId: Snowflake): Promise<void> {
    try {
      keep(await call('GET /api/users/@me/channels/:id', { params: { id: channelId } }));
    } catch {
      // Left meanwhile, or away: the list is asked for again with the next connection.
    }
  }

  function isUnread(channel: DirectChannel): boolean {
    const last = youngest(channel);
    const mark = marks().get(channel.id);
    return last !== undefined && (mark === undefined || compareSnowflakes(last, mark) > 0);
  }

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
    /** Read up to here, on every device. */
    markRead(channelId: Snowflake, messageId: Snowflake): void {
      const mark = marks().get(channelId);
      if (mark !== undefined && compareSnowflakes(messageId, mark) <= 0) return;
      if (deps.say({ type: 'read.mark', channelId, messageId })) {
        setMarks((list) => new Map(list).set(channelId, messageId));
      }
    },
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

function later(one: Snowflake | undefined, other: Snowflake | undefined): Snowflake | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return compareSnowflakes(one, other) > 0 ? one : other;
}

function without<Value>(map: ReadonlyMap<string, Value>, key: string): ReadonlyMap<string, Value> {
  const next = new Map(map);
  next.delete(key);
  return next;
}
