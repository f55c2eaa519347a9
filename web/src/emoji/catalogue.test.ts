import { EmojiKey } from '@harmonium/api/emoji';
import { expect, test } from 'vitest';
import { loadEmoji, recommended } from './catalogue.ts';

const emoji = await loadEmoji();

test('every emoji and every skin tone is one that a room takes', () => {
  expect(emoji.all.length).toBeGreaterThan(1_800);
  const refused = emoji.all
    .flatMap(({ key, tones }) => [key, ...tones])
    .filter((key) => !EmojiKey.safeParse(key).success);
  expect(refused).toEqual([]);
});

test('they come in groups, none of them twice', () => {
  const groups = emoji.all.map(({ group }) => group);
  expect(groups).toEqual(groups.toSorted((one, other) => one - other));
  expect(new Set(emoji.all.map(({ key }) => key)).size).toBe(emoji.all.length);
});

test.each([
  ['tada', '🎉'],
  ['thumbsup', '👍'],
  ['+1', '👍'],
  ['heart', '❤️'],
  ['joy', '😂'],
  ['fire', '🔥'],
  ['flag romania', '🇷🇴'],
  ['Party Popper', '🎉'],
])('%s finds %s first', (query, key) => {
  expect(emoji.search(query)[0]?.key).toBe(key);
});

test('what means the same is found, too', () => {
  expect(emoji.search('lol', 10).map(({ key }) => key)).toContain('😂');
  expect(emoji.search('')).toEqual([]);
  expect(emoji.search('qzxv')).toEqual([]);
});

test('a shortcode names one emoji, whatever its case', () => {
  expect(emoji.byShortcode('Tada')?.key).toBe('🎉');
  expect(emoji.byShortcode('no such thing')).toBeUndefined();
});

test('an emoji is known by its skin tones as well', () => {
  expect(emoji.byKey('👍🏽')?.name).toBe('thumbs up');
});

test('a sequence is brought into its recommended form', () => {
  expect(recommended('👍\uFE0F')).toBe('👍');
  expect(recommended('❤')).toBe('❤️');
  expect(recommended('a')).toBeUndefined();
});
