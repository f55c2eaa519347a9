import { describe, expect, test } from 'vitest';
import { createLastVisited } from './last-visited.ts';

describe('where the reader was last', () => {
  test('is remembered for each server, and outlives the page', () => {
    const storage = memoryStorage();
    const before = createLastVisited(storage);
    before.visit('guild', 'general');
    before.visit('jazz', 'scales');
    before.visit('guild', 'help');
    const after = createLastVisited(storage);
    expect(after.server()).toBe('guild');
    expect(after.channel('guild')).toBe('help');
    expect(after.channel('jazz')).toBe('scales');
    expect(after.channel('unknown')).toBeUndefined();
  });

  test.each(['', 'null', '[]', '{"channels":{"a":1}}', '{"serverId":7}', '{broken'])(
    'is nowhere when what is stored is %s',
    (stored) => {
      const storage = memoryStorage();
      storage.setItem('harmonium.visited', stored);
      expect(createLastVisited(storage).server()).toBeUndefined();
      expect(createLastVisited(storage).channel('a')).toBeUndefined();
    },
  );
});

function memoryStorage(): Pick<Storage, 'getItem' | 'setItem'> {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
  };
}
