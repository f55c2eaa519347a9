import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readVoicePacket, writeVoicePacket } from './voice-packet.ts';

const STREAM = { ssrc: 0xfedc_ba98, payloadType: 100, levelId: 10 };

const VOICE = fc.record({
  sequence: fc.integer({ min: 0, max: 0xffff }),
  timestamp: fc.integer({ min: 0, max: 0xffff_ffff }),
  marker: fc.boolean(),
  dBov: fc.integer({ min: -127, max: 0 }),
  payload: fc.uint8Array({ minLength: 1, maxLength: 200 }),
});

describe('a packet of a voice', () => {
  test('is read as it was written', () => {
    fc.assert(
      fc.property(VOICE, (voice) => {
        const read = readVoicePacket(writeVoicePacket(voice, STREAM), STREAM.levelId);
        expect({ ...read, payload: [...(read?.payload ?? [])] }).toEqual({
          ...voice,
          // 0 is read as -0.
          dBov: expect.closeTo(voice.dBov),
          payload: [...voice.payload],
        });
      }),
    );
  });

  test('says whose stream it is, and in which format', () => {
    const voice = { sequence: 1, timestamp: 2, marker: true, dBov: -30, payload: Buffer.from('x') };
    const packet = writeVoicePacket(voice, STREAM);
    expect(packet.readUInt32BE(8)).toBe(STREAM.ssrc);
    expect(packet.readUInt8(1)).toBe(0x80 | 100);
  });

  test('its padding is no voice', () => {
    const packet = Buffer.from([0xa0, 100, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 7, 7, 0, 2]);
    expect(readVoicePacket(packet, 10)?.payload).toEqual(Buffer.from([7, 7]));
    const onlyPadding = Buffer.from([0xa0, 100, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 2]);
    expect(readVoicePacket(onlyPadding, 10)).toBeUndefined();
  });

  test('contributing sources and unknown extensions are left behind', () => {
    const header = [0x91, 100, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 9, 9, 9, 9];
    const packet = Buffer.from([...header, 0x12, 0x34, 0, 1, 5, 5, 5, 5, 7]);
    expect(readVoicePacket(packet, 10)).toMatchObject({ dBov: -127, payload: Buffer.from([7]) });
  });

  test('whatever arrives, nothing throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(() => readVoicePacket(bytes, 10)).not.toThrow();
      }),
    );
  });
});
