import { array, assert, constantFrom, property } from 'fast-check';
import { expect, test } from 'vitest';
import { strokesOf } from './marks.ts';

const picked = new Map([['@Ann Lee', '<@2>']]);
const drawn = (text: string) =>
  strokesOf(text, picked)
    .map(({ text: part, look }) => (look === 'plain' ? part : `{${look} ${part}}`))
    .join('');

test.each([
  ['plain words', 'plain words'],
  ['**bold** and *em*', '{mark **}bold{mark **} and {mark *}em{mark *}'],
  ['**a *b* c**', '{mark **}a {mark *}b{mark *} c{mark **}'],
  ['snake_case_word 2*3*4 **open', 'snake_case_word 2{mark *}3{mark *}4 **open'],
  ['`a *b*` ~~c~~', '{mark `}{code a *b*}{mark `} {mark ~~}c{mark ~~}'],
  ['hi @Ann Lee, @everyone', 'hi {name @Ann Lee}, {name @everyone}'],
  ['> quote\n- item\n# head', '{mark >} quote\n{mark -} item\n{mark #} head'],
  ['https://x.org/*a*', '{link https://x.org/*a*}'],
  ['||spoiler||', '{mark ||}spoiler{mark ||}'],
])('%s', (text, expected) => {
  expect(drawn(text)).toBe(expected);
});

test('whatever is written, the strokes are exactly the text', () => {
  const signs = constantFrom(
    '*',
    '**',
    '_',
    '`',
    '```',
    '~~',
    '||',
    '> ',
    '\n',
    ' ',
    'a',
    '@Ann Lee',
    '<@1>',
  );
  assert(
    property(array(signs, { maxLength: 60 }), (parts) => {
      const text = parts.join('');
      expect(
        strokesOf(text, picked)
          .map((stroke) => stroke.text)
          .join(''),
      ).toBe(text);
    }),
  );
});

test('a long text of nothing but signs takes no time', () => {
  const started = performance.now();
  for (const sign of ['*', '**a ', '`', '_a', '||', '[', '@', ':a']) {
    strokesOf(sign.repeat(4000 / sign.length), picked);
  }
  expect(performance.now() - started).toBeLessThan(2_000);
});
