import { expect, test } from 'vitest';
import { MemoryStorage } from '../room/testing/storage.ts';
import { createEmojiMemory } from './emoji-memory.ts';

test('what was chosen last comes first, also after a reload', () => {
  const storage = new MemoryStorage();
  const memory = createEmojiMemory(storage);
  for (const key of ['🐙', '🎈', '🐙']) memory.used(key);
  expect(createEmojiMemory(storage).recent().slice(0, 3)).toEqual(['🐙', '🎈', '👍']);
});

test('the skin tone is remembered', () => {
  const storage = new MemoryStorage();
  createEmojiMemory(storage).setTone(3);
  expect(createEmojiMemory(storage).tone()).toBe(3);
});

test('two tabs do not forget each other’s', () => {
  const storage = new MemoryStorage();
  const [one, other] = [createEmojiMemory(storage), createEmojiMemory(storage)];
  one.used('🐙');
  other.used('🎈');
  expect(createEmojiMemory(storage).recent().slice(0, 2)).toEqual(['🎈', '🐙']);
});

test('what is stored and means nothing is left out', () => {
  const storage = new MemoryStorage();
  storage.setItem('harmonium.emoji', '{"recent":[1,"🐙"],"tone":9}');
  const memory = createEmojiMemory(storage);
  expect(memory.recent()[0]).toBe('🐙');
  expect(memory.tone()).toBe(0);
  storage.setItem('harmonium.emoji', '{broken');
  expect(createEmojiMemory(storage).recent()[0]).toBe('👍');
});
