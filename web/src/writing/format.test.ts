import { expect, test } from 'vitest';
import { formatted, linkedTo } from './format.ts';
import type { Edit, Format } from './format.ts';

/** Bars stand around what is selected, before and after. */
function apply(marked: string, edit: (text: string, start: number, end: number) => Edit): string {
  const start = marked.indexOf('[[');
  const end = marked.indexOf(']]') - 2;
  const text = marked.replace('[[', '').replace(']]', '');
  const { from, to, text: by, select } = edit(text, start, end);
  const next = text.slice(0, from) + by + text.slice(to);
  return `${next.slice(0, select[0])}[[${next.slice(select[0], select[1])}]]${next.slice(select[1])}`;
}
const format = (marked: string, kind: Format) =>
  apply(marked, (text, start, end) => formatted(text, start, end, kind));

test.each<[Format, string, string]>([
  ['bold', 'a [[word]] here', 'a **[[word]]** here'],
  ['italic', '[[word]]', '*[[word]]*'],
  ['underline', '[[word]]', '__[[word]]__'],
  ['strike', '[[word]]', '~~[[word]]~~'],
  ['spoiler', '[[word]]', '||[[word]]||'],
  ['code', '[[word]]', '`[[word]]`'],
  ['code', '[[two\nlines]]', '```\n[[two\nlines]]\n```'],
  ['bold', 'a [[word ]]here', 'a **[[word]]** here'],
  ['bold', '[[]]', '**[[]]**'],
])('%s: %s becomes %s', (kind, before, after) => {
  expect(format(before, kind)).toBe(after);
});

test.each<[Format, string, string]>([
  ['bold', '**[[word]]**', '[[word]]'],
  ['bold', '[[**word**]]', '[[word]]'],
  ['italic', '*[[word]]*', '[[word]]'],
  ['code', '`[[word]]`', '[[word]]'],
  ['italic', '***[[word]]***', '**[[word]]**'],
])('%s again takes it away: %s', (kind, before, after) => {
  expect(format(before, kind)).toBe(after);
});

test('bold words become italic as well, not plain', () => {
  expect(format('**[[word]]**', 'italic')).toBe('***[[word]]***');
});

test('whole lines are quoted, and not quoted any more', () => {
  expect(format('one\ntw[[o\nth]]ree', 'quote')).toBe('one\n[[> two\n> three]]');
  expect(format('[[> two\n> three]]', 'quote')).toBe('[[two\nthree]]');
});

test('words lead to an address', () => {
  expect(format('see [[this]]', 'link')).toBe('see [this](https://[[]])');
  const pasted = apply('see [[this]]', (text, start, end) =>
    linkedTo(text, start, end, 'https://x.org'),
  );
  expect(pasted).toBe('see [this](https://x.org)[[]]');
});
