import type { Snowflake } from '@harmonium/api/ids';
import type { Member } from '@harmonium/api/member';
import type { Structure } from '@harmonium/api/server';
import type { Presence } from '@harmonium/rooms/presence';
import type { ServerServerEvent } from '@harmonium/rooms/server-event';
import type { VoiceState } from '@harmonium/rooms/voice-state';

/** A server as its member sees it, live. */
export interface ServerState {
  readonly structure: Structure;
  readonly me: Member;
  /** By user id; who is not in it is offline. */
  readonly presences: Readonly<Record<string, Presence>>;
  /** By user id. */
  readonly voice: Readonly<Record<string, VoiceState>>;
}

/** Applies what the server room says. Exhaustive: a new event does not compile until it is handled. */
export function withServerEvent(state: ServerState, event: ServerServerEvent): ServerState {
  const { structure } = state;
  switch (event.type) {
    case 'ready':
      return {
        ...state,
        structure: event.structure,
        // Changed while nobody listened, perhaps.
        me: { ...state.me, ...event.you },
        presences: Object.fromEntries(event.presences.map((each) => [each.userId, each])),
        voice: Object.fromEntries(event.voice.map((each) => [each.user.id, each])),
      };
    case 'server.updated':
      return changed(state, event.rev, { server: event.server });
    case 'channel.created':
    case 'channel.updated':
      return changed(state, event.rev, { channels: put(structure.channels, event.channel) });
    case 'channel.removed':
      return changed(state, event.rev, { channels: drop(structure.channels, event.channelId) });
    case 'category.created':
    case 'category.updated':
      return changed(state, event.rev, { categories: put(structure.categories, event.category) });
    case 'category.removed':
      return changed(state, event.rev, {
        categories: drop(structure.categories, event.categoryId),
        channels: structure.channels.map((channel) =>
          channel.categoryId === event.categoryId ? { ...channel, categoryId: null } : channel,
        ),
      });
    case 'role.created':
    case 'role.updated':
      return changed(state, event.rev, { roles: put(structure.roles, event.role) });
    case 'role.removed':
      return changed(state, event.rev, { roles: drop(structure.roles, event.roleId) });
    case 'emoji.created':
    case 'emoji.updated':
      return changed(state, event.rev, { emojis: put(structure.emojis, event.emoji) });
    case 'emoji.removed':
      return changed(state, event.rev, { emojis: drop(structure.emojis, event.emojiId) });
    case 'member.updated':
      return event.member.user.id === state.me.user.id ? { ...state, me: event.member } : state;
    case 'member.left':
      return {
        ...state,
        presences: without(state.presences, event.userId),
        voice: without(state.voice, event.userId),
      };
    case 'presence.changed': {
      const presences = { ...state.presences };
      for (const presence of event.presences) {
        if (presence.status === 'offline') delete presences[presence.userId];
        else presences[presence.userId] = presence;
      }
      return { ...state, presences };
    }
    case 'voice.joined':
    case 'voice.updated':
      return { ...state, voice: { ...state.voice, [event.state.user.id]: event.state } };
    case 'voice.left':
      // Joined elsewhere in the meantime: the later state stands.
      return state.voice[event.userId]?.channelId === event.channelId
        ? { ...state, voice: without(state.voice, event.userId) }
        : state;
    case 'activity':
    case 'mention':
    case 'mention.removed':
    case 'server.removed':
    case 'member.joined':
    case 'channel.ticket':
    case 'rejected':
    case 'ticket':
    case 'pong':
      return state;
    default:
      // A server newer than this page says more than it knows.
      return state;
  }
}

/** A late change does not undo a newer one: `rev` orders them. */
function changed(state: ServerState, rev: number, change: Partial<Structure>): ServerState {
  if (rev < state.structure.rev) return state;
  return { ...state, structure: { ...state.structure, ...change, rev } };
}

function put<Item extends { id: Snowflake }>(items: readonly Item[], item: Item): Item[] {
  const at = items.findIndex((other) => other.id === item.id);
  return at < 0 ? [...items, item] : items.with(at, item);
}

function drop<Item extends { id: Snowflake }>(items: readonly Item[], id: Snowflake): Item[] {
  return items.filter((item) => item.id !== id);
}

function without<Value>(record: Readonly<Record<string, Value>>, key: string) {
  if (!(key in record)) return record;
  return Object.fromEntries(Object.entries(record).filter(([other]) => other !== key));
}
