import 'fake-indexeddb/auto';
import { Snowflake } from '@harmonium/api/ids';
import { describe, expect, test } from 'vitest';
import { createIndexedOutbox } from './indexed-outbox.ts';
import type { StoredMessage } from './outbox.ts';
import { createMemoryOutbox } from './testing/outbox.ts';

const channelId = Snowflake.parse('100');
const line = (nonce: string, writtenAt: number, tab = 'mine'): StoredMessage => ({
  nonce,
  channelId,
  content: `line ${nonce}`,
  writtenAt,
  tab,
});

let names = 0;
describe.each([
  ['memory', () => createMemoryOutbox()],
  ['IndexedDB', () => createIndexedOutbox(`outbox-${++names}`)],
])('an outbox in %s', (_, create) => {
  test('keeps what was put, in the order written', async () => {
    const store = create();
    await Promise.all([store.put(line('b', 2)), store.put(line('a', 1)), store.put(line('c', 3))]);
    await store.remove('b');
    expect(await store.all()).toEqual([line('a', 1), line('c', 3)]);
  });

  test('keeps one of each nonce, with everything that belongs to it', async () => {
    const store = create();
    await store.put(line('a', 1));
    const replyTo = Snowflake.parse('7');
    const file = { key: 'f', name: 'a.png', size: 1, type: 'image/png', ticket: 'ticket' };
    const full: StoredMessage = { ...line('a', 1), replyTo, quiet: true, files: [file] };
    await store.put(full);
    expect(await store.all()).toEqual([full]);
  });

  test('what is put and removed without waiting ends as it was said', async () => {
    const store = create();
    void store.put(line('a', 1));
    void store.put(line('b', 2));
    await store.remove('a');
    expect(await store.all()).toEqual([line('b', 2)]);
  });

  test('gives what one tab left to another, once', async () => {
    const store = create();
    await store.put(line('b', 2, 'gone'));
    await store.put(line('a', 1, 'gone'));
    await store.put(line('c', 3));
    const adopted = await Promise.all([store.adopt('gone', 'one'), store.adopt('gone', 'other')]);
    expect(adopted).toEqual([[line('a', 1, 'one'), line('b', 2, 'one')], []]);
    expect((await store.all()).map(({ tab }) => tab)).toEqual(['one', 'one', 'mine']);
  });
});

test('another page over the same database finds what the first put', async () => {
  await createIndexedOutbox('shared').put(line('a', 1));
  expect(await createIndexedOutbox('shared').all()).toEqual([line('a', 1)]);
});
