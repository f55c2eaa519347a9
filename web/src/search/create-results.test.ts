import type { Snowflake } from '@harmonium/api/ids';
import type { SearchPage } from '@harmonium/api/search';
import { createRoot } from 'solid-js';
import { expect, test } from 'vitest';
import { message } from '../room/testing/messages.ts';
import { createResults } from './create-results.ts';

const results = () => createRoot(createResults);
const page = (ids: readonly number[], cursor: string | null): SearchPage => ({
  messages: ids.map((id) => message(id)),
  cursor: cursor as Snowflake | null,
});

test('pages follow each other until the last', async () => {
  const found = results();
  const asked: (string | undefined)[] = [];
  const pages = [page([3, 2], '2'), page([1], null)];
  await found.start(async (cursor) => {
    asked.push(cursor);
    return pages.shift() ?? page([], null);
  });
  expect(found.hasMore()).toBe(true);
  await found.more();
  expect(asked).toEqual([undefined, '2']);
  expect(found.messages()).toHaveLength(3);
  expect(found.hasMore()).toBe(false);
});

test('empty pages are passed over, though not for ever', async () => {
  const found = results();
  let asked = 0;
  await found.start(async () => page([], String((asked += 1))));
  expect(asked).toBe(4);
  expect([found.state(), found.hasMore()]).toEqual(['ready', true]);
});

test('an answer that comes too late is not shown', async () => {
  const found = results();
  let answer: (late: SearchPage) => void = () => {};
  const slow = found.start(() => new Promise((resolve) => (answer = resolve)));
  await found.start(async () => page([7], null));
  answer(page([1], null));
  await slow;
  expect(found.messages().map(({ id }) => id)).toEqual(['1007']);
});

test('a page that failed is asked for again, and nothing is there twice', async () => {
  const found = results();
  let isAway = true;
  await found.start(async (cursor) => (cursor === undefined ? page([2], '2') : page([1], null)));
  await found.start(async (cursor) => {
    if (cursor === undefined) return page([2], '2');
    if (isAway) throw new Error('away');
    return page([1], null);
  });
  await found.more();
  expect(found.state()).toBe('failed');
  isAway = false;
  await found.more();
  expect(found.messages().map(({ id }) => id)).toEqual(['1002', '1001']);
});
