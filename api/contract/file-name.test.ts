import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_FILE_NAME_LENGTH } from './attachment.ts';
import { cleanFileName } from './file-name.ts';

test.each([
  ['notes.txt', 'notes.txt'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\ada\\song.mp3', 'song.mp3'],
  ['.htaccess', 'htaccess'],
  ['a\u0000b\u001b[31m.txt', 'ab[31m.txt'],
  // Right-to-left override: looked like invoice-exe.pdf.
  ['invoice-\u202efdp.exe', 'invoice-fdp.exe'],
  ['\u2066x\u2069.txt', 'x.txt'],
  ['Übersicht.pdf', 'Übersicht.pdf'],
  ['U\u0308bersicht.pdf', 'Übersicht.pdf'],
  ['תמונה.png', 'תמונה.png'],
  ['👩‍👩‍👧.png', '👩‍👩‍👧.png'],
  ['a:b*c?.txt', 'a_b_c_.txt'],
  ['  many   spaces  .txt ', 'many spaces .txt'],
  ['///', 'file'],
  ['. .', 'file'],
  ['\ud800', '\ufffd'],
])('%j becomes %j', (given, expected) => {
  expect(cleanFileName(given)).toBe(expected);
});

test('a long name keeps its ending, and no character is cut in two', () => {
  expect(cleanFileName(`${'a'.repeat(300)}.tar.gz`)).toBe(`${'a'.repeat(197)}.gz`);
  const cut = cleanFileName(`${'🎵'.repeat(100)}.mp3`);
  expect(cut).toBe(`${'🎵'.repeat(49)}.mp3`);
});

test('whatever comes is a name, and stays one when it is cleaned again', () => {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 400 });
  fc.assert(
    fc.property(text, (given) => {
      const name = cleanFileName(given);
      expect(name.length).toBeGreaterThan(0);
      expect(name.length).toBeLessThanOrEqual(MAX_FILE_NAME_LENGTH);
      expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(200);
      expect(name).not.toMatch(/[/\\\p{Cc}]/u);
      expect(cleanFileName(name)).toBe(name);
    }),
  );
});
