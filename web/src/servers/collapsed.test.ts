import { expect, test } from 'vitest';
import { createCollapsed } from './collapsed.ts';

function storageWith(text: string | null) {
  const kept = { text };
  return {
    getItem: () => kept.text,
    setItem: (_key: string, value: string) => {
      kept.text = value;
    },
  };
}

test('a category that was folded up is so the next time', () => {
  const storage = storageWith(null);
  createCollapsed(storage).toggle('7');
  const next = createCollapsed(storage);
  expect([next.has('7'), next.has('8')]).toEqual([true, false]);
  next.toggle('7');
  expect(createCollapsed(storage).has('7')).toBe(false);
});

test('what somebody else left in the browser folds nothing up', () => {
  expect(createCollapsed(storageWith('{"7":true}')).has('7')).toBe(false);
  expect(createCollapsed(storageWith('not json')).has('7')).toBe(false);
});
