import { expect, test } from 'vitest';
import { isBig } from './big-emoji.ts';

test.each(['😀', '👨‍👩‍👧‍👦 🇷🇴', '<:wave:1>', '❤️\n👍🏽', '😀'.repeat(27)])('%s is big', (text) => {
  expect(isBig(text)).toBe(true);
});

test.each(['', ' ', 'a😀', '1', '#', '😀'.repeat(28), '`😀`'])('%j is not', (text) => {
  expect(isBig(text)).toBe(false);
});
