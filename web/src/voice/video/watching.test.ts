import { createRoot } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createWatching } from './watching.ts';
import type { Watching } from './watching.ts';

vi.stubGlobal('MediaStream', function MediaStream() {});
/** Longer than a tile that moves is away. */
const LONG_MS = 1_000;

let told: string[];
let savesData: boolean;
let watching: Watching;
let refuse: boolean;
beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  savesData = false;
  refuse = false;
  watching = createRoot(() =>
    createWatching({
      async watch(id) {
        told.push(`watch ${id}`);
        if (refuse) throw new Error('gone');
        return {} as MediaStreamTrack; // Only put into a stream.
      },
      unwatch: (id) => told.push(`unwatch ${id}`),
      setLayers: (id, { spatialLayer }) => told.push(`${id} in ${spatialLayer}`),
      savesData: () => savesData,
    }),
  );
});
afterEach(() => void vi.useRealTimers());
const settle = () => vi.advanceTimersByTimeAsync(0);

test('a picture comes while it is seen, as large as it is seen', async () => {
  const place = watching.show('a', 'camera');
  await settle();
  expect(told).toEqual([]);
  place.resize(200);
  await settle();
  expect(place.picture()).toBeDefined();
  place.resize(700);
  place.resize(0);
  await vi.advanceTimersByTimeAsync(LONG_MS);
  expect(told).toEqual(['watch a', 'a in 0', 'a in 2', 'unwatch a']);
  expect(place.picture()).toBeUndefined();
});

test('a tile that moves does not interrupt it', async () => {
  const first = watching.show('a', 'camera');
  first.resize(200);
  await settle();
  first.leave();
  const second = watching.show('a', 'camera');
  second.resize(200);
  await vi.advanceTimersByTimeAsync(LONG_MS);
  expect(told).toEqual(['watch a', 'a in 0']);
  expect(second.picture()).toBeDefined();
});

test('of two places the larger one counts', async () => {
  const [small, large] = [watching.show('a', 'camera'), watching.show('a', 'camera')];
  small.resize(100);
  large.resize(700);
  await settle();
  large.leave();
  expect(told).toEqual(['watch a', 'a in 2', 'a in 0']);
});

test('a quality that was chosen counts, and so does saving data', async () => {
  const place = watching.show('a', 'screen');
  place.resize(100);
  await settle();
  watching.choose('a', 'low');
  watching.choose('a', 'auto');
  savesData = true;
  watching.followAll();
  expect(told).toEqual(['watch a', 'a in 2', 'a in 0', 'a in 2', 'a in 0']);
});

test('what ended is let go, and asked for anew when it is there again', async () => {
  watching.show('a', 'camera').resize(200);
  await settle();
  watching.keep([]);
  watching.show('a', 'camera').resize(200);
  await settle();
  expect(told).toEqual(['watch a', 'a in 0', 'unwatch a', 'watch a', 'a in 0']);
});

test('what could not be had is tried again with the next change', async () => {
  refuse = true;
  const place = watching.show('a', 'camera');
  place.resize(200);
  await settle();
  refuse = false;
  place.resize(210);
  await settle();
  expect(told).toEqual(['watch a', 'watch a', 'a in 0']);
});
