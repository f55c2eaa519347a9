import type { Inline } from '@harmonium/api/markup';
import { expect, test } from 'vitest';
import { isHonest, shownAddress } from './honest-label.ts';

const says = (text: string): Inline[] => [{ kind: 'strong', children: [{ kind: 'text', text }] }];

test.each([
  ['our notes', 'https://notes.test/a'],
  ['notes.test', 'https://www.notes.test/a'],
  ['https://notes.test/else', 'https://notes.test/a'],
  ['write to me@mail.test', 'mailto:me@mail.test'],
])('%s may stand for %s', (label, href) => {
  expect(isHonest(says(label), href)).toBe(true);
});

test.each([
  ['https://bank.test', 'https://evil.test/'],
  ['bank.test', 'https://evil.test/bank.test'],
  ['bank․test', 'https://evil.test/'],
  ['bank。test', 'https://evil.test/'],
  ['ba\u200bnk.test', 'https://evil.test/'],
  ['ｂａｎｋ．ｔｅｓｔ', 'https://evil.test/'],
  ['bank . test', 'https://evil.test/'],
  ['http://localhost', 'https://evil.test/'],
  ['see evil.test and bank.test', 'https://evil.test/'],
  ['me@bank.test', 'mailto:me@evil.test'],
  ['\u200b', 'https://evil.test/'],
])('%s may not stand for %s', (label, href) => {
  expect(isHonest(says(label), href)).toBe(false);
});

test('an address is shown as one would write it', () => {
  expect(shownAddress('https://a.test/')).toBe('https://a.test');
  expect(shownAddress('https://a.test/b/')).toBe('https://a.test/b/');
});
