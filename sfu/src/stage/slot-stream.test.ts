import { describe, expect, test } from 'vitest';
import type { VoicePacket } from '../media.ts';
import { SlotStream } from './slot-stream.ts';

const PACKET_MS = 20;
const FRAME = 960;

/** What one sender sends, numbered from its own beginning. */
function sender(sequence: number, timestamp: number): (nth: number) => VoicePacket {
  return (nth) => ({
    sequence: (sequence + nth) & 0xffff,
    timestamp: (timestamp + nth * FRAME) >>> 0,
    marker: false,
    dBov: -30,
    payload: new Uint8Array([nth]),
  });
}

function numbers(stream: SlotStream, packets: VoicePacket[], from = 0) {
  return packets.map((packet, at) => stream.next(packet, from + at * PACKET_MS));
}

describe('the stream of a slot', () => {
  test('goes on when another one speaks: no number twice, none left out', () => {
    const stream = new SlotStream();
    const [anna, ben] = [sender(40_000, 5), sender(7, 4_000_000_000)];
    const first = numbers(stream, [anna(0), anna(1), anna(2)]);
    stream.end();
    const second = numbers(stream, [ben(0), ben(1)], 3 * PACKET_MS);

    const sent = [...first, ...second];
    const start = sent[0]?.sequence ?? 0;
    expect(sent.map((each) => each?.sequence)).toEqual(
      sent.map((_, nth) => (start + nth) & 0xffff),
    );
    const clock = sent[0]?.timestamp ?? 0;
    expect(sent.map((each) => ((each?.timestamp ?? 0) - clock) >>> 0)).toEqual(
      sent.map((_, nth) => nth * FRAME),
    );
  });

  test('marks where somebody begins', () => {
    const stream = new SlotStream();
    const anna = sender(1, 1);
    const sent = numbers(stream, [anna(0), anna(1)]);
    stream.end();
    sent.push(stream.next(anna(200), 9_000));
    expect(sent.map((each) => each?.marker)).toEqual([true, false, true]);
  });

  test('after silence its clock has gone on', () => {
    const stream = new SlotStream();
    const [anna, ben] = [sender(1, 1), sender(1, 1)];
    const before = stream.next(anna(0), 1_000);
    stream.end();
    const after = stream.next(ben(0), 4_000);
    expect(((after?.timestamp ?? 0) - (before?.timestamp ?? 0)) >>> 0).toBe(3_000 * 48);
  });

  test('never goes back, also when what is said next came before the last of the one before', () => {
    const stream = new SlotStream();
    const before = stream.next(sender(1, 1)(0), 1_000);
    stream.end();
    const after = stream.next(sender(9, 9)(0), 900);
    expect(((after?.timestamp ?? 0) - (before?.timestamp ?? 0)) >>> 0).toBe(FRAME);
  });

  test('what was lost is missing, and what was overtaken keeps its place', () => {
    const stream = new SlotStream();
    const anna = sender(65_534, 0);
    const sent = numbers(stream, [anna(0), anna(3), anna(2), anna(4)]);
    const start = sent[0]?.sequence ?? 0;
    expect(sent.map((each) => ((each?.sequence ?? 0) - start) & 0xffff)).toEqual([0, 3, 2, 4]);
  });

  test('what was overtaken by the beginning is left out', () => {
    const stream = new SlotStream();
    const anna = sender(100, 0);
    expect(stream.next(anna(1), 0)).toBeDefined();
    expect(stream.next(anna(0), 1)).toBeUndefined();
  });

  test('somebody may speak for hours', () => {
    const stream = new SlotStream();
    const anna = sender(0, 0);
    const start = stream.next(anna(0), 0)?.sequence ?? 0;
    let wrong = 0;
    for (let nth = 1; nth < 200_000; nth += 1) {
      const sent = stream.next(anna(nth), nth * PACKET_MS);
      if (sent?.sequence !== ((start + nth) & 0xffff)) wrong += 1;
    }
    expect(wrong).toBe(0);
  });

  test('a sender that counts anew goes on without a gap', () => {
    const stream = new SlotStream();
    const before = stream.next(sender(1, 1)(0), 0);
    const after = stream.next(sender(30_000, 77)(0), PACKET_MS);
    expect(((after?.sequence ?? 0) - (before?.sequence ?? 0)) & 0xffff).toBe(1);
  });
});
