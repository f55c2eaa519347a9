import { searchTerms } from '@harmonium/api/search-terms';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { highlighted } from './highlight.ts';

const marked = (text: string, typed: string) =>
  highlighted(text, searchTerms(typed))
    .map((part) => (part.isFound ? `[${part.text}]` : part.text))
    .join('');

test.each([
  ['The Straße there', 'strasse', 'The [Straße] there'],
  ['one two one', 'one', '[one] two [one]'],
  ['a pump organ here', '"pump organ"', 'a [pump organ] here'],
  ['私は日本語を話す', '日本語', '私は[日本語]を話す'],
  ['私は日本語を話す', '語', '私は日本[語]を話す'],
  ['the organist', 'organ', 'the [organist]'],
  ['an organ', '-organ', 'an organ'],
  ['<b>organ</b>', 'organ', '<b>[organ]</b>'],
])('%s, looked for %s', (text, typed, shown) => expect(marked(text, typed)).toBe(shown));

test('a long message is shown around what was found', () => {
  const text = `${'before '.repeat(100)}organ ${'after '.repeat(200)}`;
  const shown = marked(text, 'organ');
  expect(shown).toMatch(/^… (before )+\[organ\] (after )+.* …$/);
  expect(shown.length).toBeLessThan(360);
});

test('nothing of a short message is lost or added', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 100 }),
      fc.string({ maxLength: 10 }),
      (text, typed) => {
        const parts = highlighted(text, searchTerms(typed));
        const whole = parts.map((part) => part.text).join('');
        expect(text.length > 320 || whole === text.normalize('NFC')).toBe(true);
      },
    ),
  );
});
