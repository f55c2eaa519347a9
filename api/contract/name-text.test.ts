import { expect, test } from 'vitest';
import { nameText } from './name-text.ts';

const Name = nameText(20);

test('a name turns nothing round', () => {
  expect(Name.parse('a\u202eb\u2066c\u0000')).toBe('abc');
});

test('marks are piled no higher than a script needs', () => {
  expect(Name.parse(`Z${'\u0317'.repeat(90)}`)).toBe(`Z${'\u0317'.repeat(4)}`);
  expect(Name.parse('שָׁלוֹם กี้')).toBe('שָׁלוֹם กี้'.normalize('NFC'));
});

test('what is left has to be a name', () => {
  expect(Name.safeParse('\u202e \u202c').success).toBe(false);
  expect(Name.safeParse('x'.repeat(21)).success).toBe(false);
});
