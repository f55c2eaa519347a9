import { createRoot } from 'solid-js';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Capture } from './capture.ts';
import { createOwnShares } from './own-shares.ts';
import type { OwnShares, ShareNews } from './own-shares.ts';

// Node has none; what is in it does not matter here.
vi.stubGlobal('MediaStream', function MediaStream() {});

function track(): MediaStreamTrack {
  const stopped = { stop: vi.fn<() => void>() };
  return stopped as unknown as MediaStreamTrack; // All that shares touch of it.
}

let told: string[];
let news: ShareNews[];
let next: Capture;
let canSpeak: boolean;
let shares: OwnShares;
beforeEach(() => {
  told = [];
  news = [];
  canSpeak = true;
  next = { captured: { video: track() } };
  shares = createRoot(() =>
    createOwnShares({
      canSpeak: () => canSpeak,
      openCamera: async () => next,
      openScreen: async () => next,
      share: (source) => told.push(`share ${source}`),
      unshare: (source) => told.push(`unshare ${source}`),
      onNews: (one) => news.push(one),
    }),
  );
});

test('a camera goes on and off, and its light with it', async () => {
  await shares.camera.start();
  expect(shares.camera.state().phase).toBe('on');
  shares.camera.stop();
  expect(shares.camera.state().phase).toBe('off');
  expect(told).toEqual(['share camera', 'unshare camera']);
  expect(next.captured?.video.stop).toHaveBeenCalledOnce();
});

test('a screen brings its sound, where one may speak', async () => {
  next = { captured: { video: track(), audio: track() } };
  await shares.screen.start('detail');
  expect(told).toEqual(['share screen', 'share screenAudio']);
  shares.screen.stop();
  canSpeak = false;
  told = [];
  await shares.screen.start('detail');
  expect(told).toEqual(['share screen']);
});

test('another screen takes the place of the one before, whose sound does not stay', async () => {
  const first = { video: track(), audio: track() };
  next = { captured: first };
  await shares.screen.start('detail');
  next = { captured: { video: track() } };
  await shares.screen.start('motion');
  expect(told.slice(2)).toEqual(['share screen', 'unshare screenAudio']);
  expect(first.video.stop).toHaveBeenCalledOnce();
  expect(first.audio.stop).toHaveBeenCalledOnce();
});

test('who chooses nothing shares on as before, and nothing is complained of', async () => {
  await shares.screen.start('detail');
  next = { problem: 'cancelled' };
  await shares.screen.start('detail');
  expect(shares.screen.state().phase).toBe('on');
  next = { problem: 'blocked' };
  await shares.camera.start();
  expect(shares.camera.state().phase).toBe('off');
  expect(news).toEqual([{ what: 'camera', problem: 'blocked' }]);
});

test('stopped while the browser still asks, nothing is shared after it', async () => {
  const asking = shares.camera.start();
  shares.camera.stop();
  await asking;
  expect(told).toEqual([]);
  expect(next.captured?.video.stop).toHaveBeenCalledOnce();
});

test('what ends by itself is told where its owner does not know', async () => {
  await shares.camera.start();
  shares.handleEnd('camera', 'ended');
  await shares.screen.start('detail');
  shares.handleEnd('screen', 'ended');
  expect(news).toEqual([{ what: 'camera', problem: 'ended' }]);
  await shares.screen.start('detail');
  shares.handleEnd('screen', 'not_permitted');
  expect(shares.screen.state().phase).toBe('off');
  expect(news.at(-1)).toEqual({ what: 'screen', problem: 'not_permitted' });
});
