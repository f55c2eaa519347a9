import { expect, test } from 'vitest';
import { createRecentSearches } from './recent-searches.ts';
import type { Search } from './search.ts';

function kept() {
  const held = new Map<string, string>();
  const storage = {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  };
  return { held, storage, recent: createRecentSearches(storage, '1', '2') };
}

const words = (text: string): Search => ({ text, filters: [] });

test('the last searches are kept, the youngest first and each once', () => {
  const { recent } = kept();
  for (const text of ['a', 'b', 'a', 'c', 'd', 'e', 'f', 'g']) recent.keep(words(text));
  expect(recent.list().map(({ text }) => text)).toEqual(['g', 'f', 'e', 'd', 'c', 'a']);
  recent.forget();
  expect(recent.list()).toEqual([]);
});

test('another person, and another place, have their own', () => {
  const { recent, storage } = kept();
  recent.keep(words('mine'));
  expect(createRecentSearches(storage, '1', '3').list()).toEqual([]);
  expect(createRecentSearches(storage, '9', '2').list()).toEqual([]);
});

test('what cannot be read is passed over', () => {
  const { held, recent } = kept();
  recent.keep(words('good'));
  const [key = ''] = held.keys();
  held.set(key, '[{"text":1},{"text":"x","filters":[{}]},{"text":"good","filters":[]}]');
  expect(recent.list()).toEqual([words('good')]);
  held.set(key, '{');
  expect(recent.list()).toEqual([]);
});
