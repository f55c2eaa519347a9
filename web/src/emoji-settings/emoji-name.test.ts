import { expect, test } from 'vitest';
import { isEmojiName, nameFromFile } from './emoji-name.ts';

const none = new Set<string>();

test.each([
  ['party.png', 'party'],
  ['Party Parrot (2).gif', 'party_parrot_2'],
  ['Çılgın-Köpek.webp', 'c_lg_n_kopek'],
  ['猫.png', 'emoji'],
  ['x.png', 'emoji'],
  ['.hidden', 'emoji'],
  ['archive.tar.png', 'archive_tar'],
  [`${'long '.repeat(20)}.png`, 'long_long_long_long_long_long_lo'],
  ['../../etc/passwd', 'emoji'],
])('%s is called %s', (file, name) => {
  expect(nameFromFile(file, none)).toBe(name);
});

test('what is taken gets a number, and stays short enough', () => {
  expect(nameFromFile('wave.png', new Set(['wave', 'wave_2']))).toBe('wave_3');
  const long = 'a'.repeat(32);
  expect(nameFromFile(`${long}.png`, new Set([long]))).toBe(`${'a'.repeat(30)}_2`);
});

test('every name made of a file is one', () => {
  for (const file of ['a b', '__', '-1-.x', '💥boom💥.gif', 'ﬁsh', '٣٤٥.png', '']) {
    expect(isEmojiName(nameFromFile(file, none)), file).toBe(true);
  }
});

test.each(['Party', ' ok ', 'a_1'])('%j may be typed', (name) => {
  expect(isEmojiName(name)).toBe(true);
});

test.each(['', 'a', 'a b', 'ä_ä', ':on:', 'x'.repeat(33)])('%j may not', (name) => {
  expect(isEmojiName(name)).toBe(false);
});
