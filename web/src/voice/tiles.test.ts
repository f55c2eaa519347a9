import { VoiceState } from '@harmonium/rooms/voice-state';
import { expect, test } from 'vitest';
import { columnsFor, tilesOf } from './tiles.ts';
import type { CallView } from './voice-context.tsx';

const inCall = (id: string, change: Partial<VoiceState> = {}) => ({
  ...VoiceState.parse({
    channelId: '5',
    user: { id, username: `user ${id}`, avatar: null },
    muted: false,
    deafened: false,
    speaking: false,
    since: '2026-11-23T10:00:00.000Z',
  }),
  ...change,
});

const call: CallView = {
  phase: 'connected',
  channelId: '5',
  serverId: '1',
  muted: false,
  deafened: false,
  serverMuted: false,
  serverDeafened: false,
  canSpeak: true,
  microphone: 'on',
  microphoneName: '',
  soundBlocked: false,
  roundTripMs: 20,
  quality: 4,
  levels: {},
  stats: undefined,
  weak: [],
  moderated: {},
  canStream: true,
  shared: [],
};
const quiet = { isSpeaking: false, muted: false, deafened: false };
const none = () => false;

test('one sees oneself as one is now, not as the server last said', () => {
  const own = { ...quiet, muted: true, isSpeaking: true };
  const [tile] = tilesOf([inCall('1', { speaking: true })], {
    selfId: '1',
    call,
    own,
    isSilenced: none,
  });
  expect(tile).toMatchObject({ isSelf: true, muted: true, isSpeaking: false });
});

test('others are lit by the sound itself before the server says that they speak', () => {
  const known = {
    selfId: '1',
    call: { ...call, levels: { 2: 0.4 } },
    own: quiet,
    isSilenced: none,
  };
  expect(tilesOf([inCall('2'), inCall('3')], known).map((tile) => tile.isSpeaking)).toEqual([
    true,
    false,
  ]);
});

test('from outside everyone is as the server says', () => {
  const known = { selfId: '1', call: undefined, own: { ...quiet, muted: true }, isSilenced: none };
  expect(tilesOf([inCall('1', { speaking: true })], known)[0]).toMatchObject({
    isSelf: false,
    muted: false,
    isSpeaking: true,
  });
});

test('who arrives badly, and whom one silenced, is marked', () => {
  const known = {
    selfId: '1',
    call: { ...call, weak: ['2'], quality: 1 },
    own: quiet,
    isSilenced: (id: string) => id === '3',
  };
  const tiles = tilesOf([inCall('1'), inCall('2'), inCall('3')], known);
  expect(tiles.map((tile) => tile.isWeak)).toEqual([true, true, false]);
  expect(tiles.map((tile) => tile.isSilenced)).toEqual([false, false, true]);
});

test('tiles stay large', () => {
  expect([1, 2, 4, 5, 9, 10, 25].map((count) => columnsFor(count, false))).toEqual([
    1, 2, 2, 3, 3, 4, 5,
  ]);
  expect([1, 2, 3, 8].map((count) => columnsFor(count, true))).toEqual([1, 1, 2, 2]);
});
