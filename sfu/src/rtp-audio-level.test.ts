import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAudioLevel } from './rtp-audio-level.ts';

function packet(
  extension: number[],
  options: { profile?: number; sources?: number } = {},
): Uint8Array {
  const { profile = 0xbede, sources = 0 } = options;
  const padded = [...extension, ...Array<number>((4 - (extension.length % 4)) % 4).fill(0)];
  const header = [0x90 | sources, 111, ...Array<number>(10 + 4 * sources).fill(0)];
  const words = padded.length / 4;
  return new Uint8Array([...header, profile >> 8, profile & 0xff, 0, words, ...padded, 1, 2, 3]);
}

describe('the level in a packet', () => {
  test('with one-byte headers', () => {
    expect(readAudioLevel(packet([0x60, 0x80 | 30]), 6)).toBe(-30);
  });

  test('behind another extension, padding and contributing sources', () => {
    const level = packet([0x12, 1, 2, 3, 0, 0x60, 127], { sources: 2 });
    expect(readAudioLevel(level, 6)).toBe(-127);
  });

  test('with two-byte headers', () => {
    expect(readAudioLevel(packet([1, 2, 9, 9, 6, 1, 12], { profile: 0x1000 }), 6)).toBe(-12);
  });

  test('is unknown when the sender does not say', () => {
    expect(readAudioLevel(packet([0x50, 30]), 6)).toBeUndefined();
    expect(readAudioLevel(packet([0x60, 30], { profile: 0x1234 }), 6)).toBeUndefined();
    expect(readAudioLevel(new Uint8Array([0x80, ...Array<number>(30).fill(0)]), 6)).toBeUndefined();
  });

  test('whatever arrives, it is a level or unknown', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 60 }),
        fc.integer({ min: 1, max: 15 }),
        (bytes, id) => {
          const level = readAudioLevel(bytes, id) ?? 0;
          expect(level).toBeLessThanOrEqual(0);
          expect(level).toBeGreaterThanOrEqual(-127);
        },
      ),
    );
  });

  test('a window into a larger buffer is read where it is', () => {
    const bytes = packet([0x60, 30]);
    const around = new Uint8Array([9, 9, 9, ...bytes]);
    expect(readAudioLevel(around.subarray(3), 6)).toBe(-30);
  });
});
