import { expect, test } from 'vitest';
import { picturesIn } from './picture-stats.ts';

const size = (height: number) => ({ frameHeight: height, frameWidth: (height * 16) / 9 });

test('of a picture that is sent in several sizes the largest is told, and how many there are', () => {
  const layer = { type: 'outbound-rtp', kind: 'video', mediaSourceId: 's', framesPerSecond: 30 };
  const reports = [
    { id: '1', ...layer, ...size(180) },
    { id: '2', ...layer, ...size(360) },
    // The line is too thin for it.
    { id: '3', ...layer, ...size(720), framesPerSecond: 0 },
    { id: 's', type: 'media-source', kind: 'video', trackIdentifier: 'face' },
    { id: '4', type: 'outbound-rtp', kind: 'audio' },
  ];
  expect(picturesIn(reports)).toEqual([
    { trackId: 'face', isSent: true, width: 640, height: 360, framesPerSecond: 30, sizes: 2 },
  ]);
});

test('what is received and moves is told', () => {
  const inbound = { type: 'inbound-rtp', kind: 'video' };
  const reports = [
    { id: '1', ...inbound, trackIdentifier: 'a', ...size(720), framesPerSecond: 15 },
    { id: '2', ...inbound, trackIdentifier: 'b', ...size(720) },
  ];
  expect(picturesIn(reports).map(({ trackId, isSent }) => [trackId, isSent])).toEqual([
    ['a', false],
  ]);
});
