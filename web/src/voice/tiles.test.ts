import { VoiceState } from '@harmonium/rooms/voice-state';
import { expect, test } from 'vitest';
import { tilesOf } from './tiles.ts';
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
const quiet = {
  isSpeaking: false,
  muted: false,
  deafened: false,
  camera: false,
  screen: false,
  screenSound: false,
};
const none = () => false;
const outside = {
  selfId: '1',
  call: undefined,
  own: quiet,
  isSilenced: none,
  isWanted: () => true,
};

test('one sees oneself as one is now, not as the server last said', () => {
  const own = { ...quiet, muted: true, isSpeaking: true };
  const [tile] = tilesOf([inCall('1', { speaking: true })], {
    ...outside,
    call,
    own,
  });
  expect(tile).toMatchObject({ isSelf: true, muted: true, isSpeaking: false });
});

test('others are lit by the sound itself before the server says that they speak', () => {
  const known = {
    ...outside,
    call: { ...call, levels: { 2: 0.4 } },
  };
  expect(tilesOf([inCall('2'), inCall('3')], known).map((tile) => tile.isSpeaking)).toEqual([
    true,
    false,
  ]);
});

test('from outside everyone is as the server says', () => {
  const known = { ...outside, own: { ...quiet, muted: true } };
  expect(tilesOf([inCall('1', { speaking: true })], known)[0]).toMatchObject({
    isSelf: false,
    muted: false,
    isSpeaking: true,
  });
});

test('who arrives badly, and whom one silenced, is marked', () => {
  const known = {
    ...outside,
    call: { ...call, weak: ['2'], quality: 1 },
    isSilenced: (id: string) => id === '3',
  };
  const tiles = tilesOf([inCall('1'), inCall('2'), inCall('3')], known);
  expect(tiles.map((tile) => tile.isWeak)).toEqual([true, true, false]);
  expect(tiles.map((tile) => tile.isSilenced)).toEqual([false, false, true]);
});

test('a camera is on its person’s tile, a screen has one of its own', () => {
  const shared = [
    { userId: '2', producerId: 'face', source: 'camera' as const },
    { userId: '3', producerId: 'desk', source: 'screen' as const },
    { userId: '3', producerId: 'song', source: 'screenAudio' as const },
  ];
  const known = { ...outside, call: { ...call, shared }, isWanted: (id: string) => id !== '3' };
  const tiles = tilesOf([inCall('1'), inCall('2'), inCall('3')], known);
  expect(tiles.map((tile) => [tile.key, tile.producerId, tile.hasSound, tile.isWanted])).toEqual([
    ['1:mic', undefined, false, true],
    ['2:mic', 'face', false, true],
    ['3:mic', undefined, false, true],
    ['3:screen', 'desk', true, false],
  ]);
});

test('one’s own picture does not come back from the server', () => {
  const shared = [{ userId: '1', producerId: 'mine', source: 'screen' as const }];
  const own = { ...quiet, camera: true, screen: true };
  const tiles = tilesOf([inCall('1')], { ...outside, call: { ...call, shared }, own });
  expect(tiles.map((tile) => [tile.key, tile.producerId, tile.isOwnPicture])).toEqual([
    ['1:mic', undefined, true],
    ['1:screen', undefined, true],
  ]);
});
