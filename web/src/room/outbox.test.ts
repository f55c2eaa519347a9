import { expect, test } from 'vitest';
import { createOutbox } from './outbox.ts';
import { MemoryStorage } from './testing/storage.ts';

const line = (nonce: string) => ({ nonce, content: `line ${nonce}`, writtenAt: 1 });

test('what was written is there after a reload, in order', () => {
  const storage = new MemoryStorage();
  const outbox = createOutbox(storage, 'key');
  for (const nonce of ['a', 'b', 'c']) outbox.put(line(nonce));
  outbox.remove('b');
  expect(createOutbox(storage, 'key').all()).toEqual([line('a'), line('c')]);
});

test('two tabs do not lose each other’s messages', () => {
  const storage = new MemoryStorage();
  const one = createOutbox(storage, 'key');
  const other = createOutbox(storage, 'key');
  one.put(line('one'));
  other.put(line('other'));
  other.remove('other');
  expect(createOutbox(storage, 'key').all()).toEqual([line('one')]);
});

test('a full storage does not keep one from writing', () => {
  const storage = new MemoryStorage();
  storage.full = true;
  const outbox = createOutbox(storage, 'key');
  outbox.put(line('a'));
  expect(outbox.all()).toEqual([line('a')]);
});

test('what is stored and no message is left out', () => {
  const storage = new MemoryStorage();
  storage.setItem('key', '[{"nonce":1},null,{"nonce":"a","content":"x","writtenAt":1}]');
  expect(createOutbox(storage, 'key').all()).toHaveLength(1);
  storage.setItem('key', '{broken');
  expect(createOutbox(storage, 'key').all()).toEqual([]);
});
