import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { matches, searchTerms } from './search-terms.ts';
import { fold, wordsOf } from './search-words.ts';

const finds = (typed: string, text: string) => matches(searchTerms(typed), text);

const FOUND: [typed: string, text: string][] = [
  ['über', 'Das Uber-Taxi'],
  ['STRASSE', 'in der Straße'],
  ['cafe', 'Cafe\u0301 oder café'],
  ['istanbul', 'İSTANBUL’da'],
  ['ISPARTA', 'ısparta'],
  ['diyarbakır', 'DİYARBAKIR'],
  ['日本語', '私は日本語を話します'],
  ['語', '私は日本語を話します'],
  ['日', '日本'],
  ['东西', '买东西'],
  ['カタカナ', 'ｶﾀｶﾅ'],
  ['がっこう', 'がっこうへいく'],
  ['ภาษา', 'ฉันพูดภาษาไทย'],
  ['학교', '오늘 학교에서'],
  ['مدرسه', 'المدرسة مُدَرِّسَةٌ'],
  ['ΟΔΟΣ', 'οδός'],
  ['елка', 'Ёлка'],
  ['हिन्दी', 'मैं हिन्दी'],
  ['🎉', 'Party 🎉🎂'],
  ['👍', 'ok 👍🏽'],
  ['🇩🇪', 'aus 🇩🇪'],
  ['node:fs', "import { a } from 'node:fs'"],
  ['example.org/notes', 'https://example.org/notes?x=1'],
  ['snake_case', 'let snake_case = 1'],
  ['case', 'let snake_case = 1'],
  ['organ', 'the organist'],
  ['"pump organ"', 'a pump  organ!'],
  ['organ -piano', 'an organ'],
  ["don't", 'I don’t'],
];

const MISSED: [typed: string, text: string][] = [
  ['本日', '日本'],
  ['東京', '東北と京都'],
  ['"organ pump"', 'a pump organ'],
  ['"pump org"', 'a pump organ'],
  ['org pump', 'a pump organ'],
  ['organ -piano', 'organ and piano'],
  ['-"pump organ"', 'my pump organ'],
  ['example.com', 'https://example.org'],
  ['12345', 'hello <@12345678901234567>'],
  ['party', '<:party:12345678901234567> hello'],
];

test.each(FOUND)('%s finds %s', (typed, text) => expect(finds(typed, text)).toBe(true));
test.each(MISSED)('%s does not find %s', (typed, text) => expect(finds(typed, text)).toBe(false));

test('only signs are no words, and a query of them has no terms', () => {
  expect(searchTerms('!? ... -- "" - "')).toEqual([]);
});

test('every word of a message finds it, in capitals and taken apart as well', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
      const normal = text.normalize('NFC');
      for (const word of wordsOf(text)) {
        const typed = normal.slice(word.start, word.end);
        expect([typed, finds(`"${typed}"`, text)]).toEqual([typed, true]);
        expect([typed, finds(`"${typed.normalize('NFD')}"`, text)]).toEqual([typed, true]);
      }
    }),
    { numRuns: 500 },
  );
});

test('whatever is typed is read in bounded time, and excluding finds what including does not', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ maxLength: 60 }),
      (typed, text) => {
        const terms = searchTerms(typed);
        expect(terms.flatMap(({ tokens }) => tokens).length).toBeLessThanOrEqual(64);
        const [first] = terms;
        if (first === undefined) return;
        const without = { ...first, isExcluded: !first.isExcluded };
        expect(matches([first], text)).not.toBe(matches([without], text));
      },
    ),
  );
});

test('folding is done once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(fold(fold(text))).toBe(fold(text));
    }),
  );
});
