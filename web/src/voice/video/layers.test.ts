import { expect, test } from 'vitest';
import { layersFor } from './layers.ts';
import type { Shown } from './layers.ts';

const shown: Shown = { source: 'camera', height: 300, quality: 'auto', savesData: false };

test('a camera comes as large as it is shown', () => {
  const layers = [90, 200, 440, 460, 1000].map(
    (height) => layersFor({ ...shown, height }).spatialLayer,
  );
  expect(layers).toEqual([0, 0, 1, 2, 2]);
});

test('the letters of a screen are never shrunk by a small tile', () => {
  expect(layersFor({ ...shown, source: 'screen', height: 90 }).spatialLayer).toBe(2);
});

test('who saves data gets no large camera, and the smaller screen', () => {
  expect(layersFor({ ...shown, height: 1000, savesData: true }).spatialLayer).toBe(1);
  expect(layersFor({ ...shown, source: 'screen', savesData: true }).spatialLayer).toBe(0);
});

test('what one chose counts, whatever the size and the savings', () => {
  expect(layersFor({ ...shown, height: 90, quality: 'high', savesData: true })).toEqual({
    spatialLayer: 2,
  });
  expect(layersFor({ ...shown, height: 1000, quality: 'low' })).toEqual({
    spatialLayer: 0,
    temporalLayer: 0,
  });
});
