import { Snowflake } from '@harmonium/api/ids';
import type { Member } from '@harmonium/api/member';
import type { VoiceState } from '@harmonium/rooms/voice-state';
import { describe, expect, test } from 'vitest';
import { withServerEvent } from './server-state.ts';
import type { ServerState } from './server-state.ts';
import { mirela, tomas } from './testing/messages.ts';

const id = (text: string) => Snowflake.parse(text);
const serverId = id('50');
const me: Member = {
  user: mirela,
  serverId,
  nickname: null,
  roles: [],
  joinedAt: '2026-11-23T12:00:00.000Z',
  timeoutUntil: null,
};
const channel = {
  id: id('60'),
  serverId,
  categoryId: id('70'),
  type: 'text' as const,
  name: 'general',
  topic: '',
  position: 0,
  slowmode: 0,
  overrides: [],
};
const state: ServerState = {
  structure: {
    rev: 5,
    server: { id: serverId, name: 'Guild', icon: null, theme: null, ownerId: mirela.id },
    channels: [channel],
    categories: [{ id: id('70'), serverId, name: 'Workshop', position: 0 }],
    roles: [],
    emojis: [],
  },
  me,
  presences: {},
  voice: {},
};
const inCall = (channelId: string): VoiceState => ({
  channelId: id(channelId),
  user: tomas,
  muted: false,
  deafened: false,
  speaking: false,
  since: '2026-11-23T12:00:00.000Z',
});

describe('a server on the screen', () => {
  test('a channel appears, changes its name and goes', () => {
    const added = { ...channel, id: id('61'), name: 'help' };
    let next = withServerEvent(state, { type: 'channel.created', rev: 6, channel: added });
    expect(next.structure.channels.map((each) => each.name)).toEqual(['general', 'help']);
    next = withServerEvent(next, {
      type: 'channel.updated',
      rev: 7,
      channel: { ...added, name: 'aid' },
    });
    expect(next.structure.channels.map((each) => each.name)).toEqual(['general', 'aid']);
    next = withServerEvent(next, { type: 'channel.removed', rev: 8, channelId: added.id });
    expect(next.structure.channels).toEqual([channel]);
  });

  test('a change that comes late does not undo a newer one', () => {
    const late = { ...state.structure.server, name: 'Old name' };
    expect(withServerEvent(state, { type: 'server.updated', rev: 4, server: late })).toBe(state);
  });

  test('channels of a removed category stay, without it', () => {
    const next = withServerEvent(state, {
      type: 'category.removed',
      rev: 6,
      categoryId: id('70'),
    });
    expect(next.structure.channels[0]?.categoryId).toBeNull();
  });

  test('who leaves the server is neither online nor in a call', () => {
    let next = withServerEvent(state, {
      type: 'presence.changed',
      presences: [{ userId: tomas.id, status: 'online' }],
    });
    next = withServerEvent(next, { type: 'voice.joined', state: inCall('80') });
    next = withServerEvent(next, { type: 'member.left', userId: tomas.id });
    expect(next.presences).toEqual({});
    expect(next.voice).toEqual({});
  });

  test('who moved to another call is not taken out of it by the leave of the first', () => {
    let next = withServerEvent(state, { type: 'voice.joined', state: inCall('80') });
    next = withServerEvent(next, { type: 'voice.joined', state: inCall('81') });
    next = withServerEvent(next, {
      type: 'voice.left',
      channelId: id('80'),
      userId: tomas.id,
    });
    expect(next.voice[tomas.id]?.channelId).toBe('81');
  });

  test('roles that changed while the reader was away hold from the next ready on', () => {
    const role = id('90');
    const next = withServerEvent(state, {
      type: 'ready',
      rev: 5,
      structure: state.structure,
      you: { roles: [role], timeoutUntil: null },
      presences: [],
      online: 0,
      voice: [],
      latest: [],
      mentions: [],
      ticket: 'the next one',
      expiresAt: '2026-11-23T13:00:00.000Z',
    });
    expect(next.me).toEqual({ ...me, roles: [role] });
  });

  test('going offline takes one out of who is online', () => {
    const online = withServerEvent(state, {
      type: 'presence.changed',
      presences: [
        { userId: tomas.id, status: 'dnd' },
        { userId: mirela.id, status: 'idle' },
      ],
    });
    const offline = withServerEvent(online, {
      type: 'presence.changed',
      presences: [{ userId: tomas.id, status: 'offline' }],
    });
    expect(Object.keys(offline.presences)).toEqual([mirela.id]);
  });
});
