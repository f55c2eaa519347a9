import { expect, test } from 'vitest';
import { FrameReader } from './frame-reader.ts';

const LENGTHS = [0, 1, 125, 126, 300, 65_536];
const texts = LENGTHS.map((length, at) => String(at).repeat(length));
const stream = Buffer.concat(texts.map((text) => frame(0x81, text)));

function frame(first: number, text: string): Buffer {
  const { length } = text;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = first;
  if (length < 126) head[1] = length;
  else if (length < 65_536) {
    head[1] = 126;
    head.writeUInt16BE(length, 2);
  } else {
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([head, Buffer.from(text)]);
}

function readIn(pieces: Iterable<Buffer>): string[] {
  const read: string[] = [];
  const reader = new FrameReader((bytes, start, end) => {
    read.push(bytes.toString('latin1', start, end));
  });
  for (const piece of pieces) reader.push(piece);
  return read;
}

test.each([3, 5, 7, 128, 65_540, stream.length])('pieces of %i bytes say the same', (size) => {
  const pieces = Array.from({ length: Math.ceil(stream.length / size) }, (_, at) =>
    stream.subarray(at * size, (at + 1) * size),
  );
  expect(readIn(pieces)).toEqual(texts);
});

test('what is no text is passed over', () => {
  const frames = [frame(0x89, 'ping'), frame(0x81, 'text'), frame(0x88, 'end')];
  expect(readIn([Buffer.concat(frames)])).toEqual(['text']);
  expect(readIn(frames.flatMap((bytes) => [bytes.subarray(0, 3), bytes.subarray(3)]))).toEqual([
    'text',
  ]);
});
