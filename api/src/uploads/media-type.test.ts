import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { mediaTypeOf } from './media-type.ts';
import { isPlainText } from './plain-text.ts';

const latin = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

test.each([
  ['\u0089PNG\r\n\u001a\n', 'image/png'],
  ['\u00ff\u00d8\u00ff\u00e0', 'image/jpeg'],
  ['GIF89a', 'image/gif'],
  ['RIFF\0\0\0\0WEBPVP8 ', 'image/webp'],
  ['\0\0\0\u0020ftypavif', 'image/avif'],
  ['\0\0\0\u0020ftypisom', 'video/mp4'],
  ['\0\0\0\u0020ftypM4A ', 'audio/mp4'],
  ['\0\0\0\u0020ftypqt  ', undefined],
  ['\u001a\u0045\u00df\u00a3\u009f\u0042\u0086\u0081\u0001\u0042\u0082\u0084webm', 'video/webm'],
  ['\u001a\u0045\u00df\u00a3\u009f\u0042\u0082\u0088matroska', undefined],
  ['RIFF\0\0\0\0WAVEfmt ', 'audio/wav'],
  ['fLaC\0', 'audio/flac'],
  ['OggS\0\u0002\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\u0001\u001eOpusHead', 'audio/ogg'],
  ['OggS\0\u0002\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\u0001\u001e\u0080theora', undefined],
  ['ID3\u0004\0', 'audio/mpeg'],
  ['\u00ff\u00fb\u0090\u0064', 'audio/mpeg'],
  // UTF-16 with its mark begins much like a frame.
  ['\u00ff\u00fea\0b\0', undefined],
  ['%PDF-1.7', undefined],
  ['PK\u0003\u0004', undefined],
  ['MZ\u0090\0', undefined],
  ['<svg xmlns', undefined],
  ['', undefined],
])('%j is %s', (start, type) => {
  expect(mediaTypeOf(latin(start))).toBe(type);
});

test('whatever a file begins with, it is something or nothing', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (start) => void mediaTypeOf(start)));
});

const inPieces = (text: string, size: number) => {
  const bytes = new TextEncoder().encode(text);
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) {
        controller.enqueue(bytes.slice(at, at + size));
      }
      controller.close();
    },
  });
};

test.each([
  ['words', 'a.txt', 'Schöne Grüße, 世界 🎵\r\n\tand more', true],
  ['a log with colours', 'a.log', '\u001b[31mred\u001b[0m', true],
  ['code', 'a.ts', 'const a: Array<string> = b < c ? [] : d;', true],
  ['a byte that is none', 'a.txt', 'a\0b', false],
  ['a page', 'a.txt', '<!DOCTYPE html>', false],
  ['a document of markup', 'a.txt', ' \n<?xml version="1.0"?>', false],
  ['a page by its name', 'a.XHTML', 'hello', false],
])('%s, in pieces of whatever size: text or not', async (_, name, text, expected) => {
  for (const size of [1, 3, 1000]) {
    expect(await isPlainText(name, inPieces(text, size))).toBe(expected);
  }
});
