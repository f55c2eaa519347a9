import { expect, test } from 'vitest';
import { fitOf, fitting } from './suggestion.ts';

test('the beginning of a name fits better than a word of it, and that better than a part', () => {
  const names = ['Romana', 'Ann Roman', 'Aroma', 'Tomas'];
  expect(fitting(names, (name) => [name], 'rom')).toEqual(['Romana', 'Ann Roman', 'Aroma']);
});

test('case and accents do not matter', () => {
  expect(fitOf('José', 'jose')).toBe(0);
  expect(fitOf('zoë', 'ZOE')).toBe(0);
  expect(fitOf('José', 'josef')).toBeUndefined();
});

test('the better of two names counts, and those who came first stay first', () => {
  const people = [
    { nick: 'The Boss', name: 'tomas' },
    { nick: 'Tom', name: 'x' },
  ];
  const found = fitting(people, ({ nick, name }) => [nick, name], 'tom');
  expect(found.map(({ nick }) => nick)).toEqual(['The Boss', 'Tom']);
});

test('there are eight at most', () => {
  expect(fitting(Array.from({ length: 20 }, String), (name) => [name], '')).toHaveLength(8);
});
