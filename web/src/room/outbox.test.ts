import { Snowflake } from '@harmonium/api/ids';
import { expect, test } from 'vitest';
import { createOutbox } from './outbox.ts';
import type { Outbox, OutboxStore, PendingMessage } from './outbox.ts';
import { FakeBrowser, createMemoryOutbox } from './testing/outbox.ts';

const general = Snowflake.parse('100');
const random = Snowflake.parse('200');
let clock = 0;
const line = (nonce: string, channelId = general): PendingMessage => ({
  nonce,
  channelId,
  content: `line ${nonce}`,
  writtenAt: ++clock,
});
const settled = () => new Promise((resolve) => setTimeout(resolve));
const nonces = (outbox: Outbox, id = general) =>
  outbox
    .channel(id)
    .all()
    .map(({ nonce }) => nonce);

function computer(store: OutboxStore = createMemoryOutbox()) {
  const browser = new FakeBrowser();
  const open = (messages: PendingMessage[] = [], forget = () => {}) => {
    const tabs = browser.openTab();
    return { tabs, outbox: createOutbox({ store, tabs, inherited: { messages, forget } }) };
  };
  return { store, browser, open };
}

test('what was written is there in the next tab, in order, when the first has crashed', async () => {
  const { browser, open } = computer();
  const first = open();
  for (const nonce of ['a', 'b', 'c']) first.outbox.channel(general).put(line(nonce));
  first.outbox.channel(general).remove('b');
  browser.crash(first.tabs.id);
  const next = open();
  await settled();
  expect(nonces(next.outbox)).toEqual(['a', 'c']);
});

test('while its tab is open, nobody else sends it', async () => {
  const { open } = computer();
  open().outbox.channel(general).put(line('a'));
  const other = open();
  await settled();
  expect(nonces(other.outbox)).toEqual([]);
  expect(other.outbox.waiting()).toEqual([]);
});

test('of several tabs that are left, one takes it', async () => {
  const { browser, open } = computer();
  const writer = open();
  const [one, other] = [open(), open()];
  writer.outbox.channel(general).put(line('a'));
  await settled();
  browser.crash(writer.tabs.id);
  await settled();
  expect([...nonces(one.outbox), ...nonces(other.outbox)]).toEqual(['a']);
});

test('a tab that was opened first takes what one opened later left behind', async () => {
  const { browser, open } = computer();
  const first = open();
  const later = open();
  const heard: string[] = [];
  first.outbox.listen((id) => heard.push(id));
  later.outbox.channel(general).put(line('a'));
  browser.crash(later.tabs.id);
  await settled();
  expect(nonces(first.outbox)).toEqual(['a']);
  expect(heard).toEqual([general]);
});

test('channels wait in the order of their oldest message; one that was refused for good does not', () => {
  const { outbox } = computer().open();
  outbox.channel(random).put(line('a', random));
  outbox.channel(general).put(line('b'));
  expect(outbox.waiting()).toEqual([random, general]);
  outbox.channel(random).put({ ...line('a', random), refused: { code: 'missing_permission' } });
  expect(outbox.waiting()).toEqual([general]);
  outbox.channel(general).put({ ...line('b'), refused: { code: 'flooding', retryAt: 1 } });
  expect(outbox.waiting()).toEqual([general]);
});

test('without a store one writes all the same', async () => {
  const refuse = () => Promise.reject(new Error('forbidden'));
  const { open } = computer({ all: refuse, put: refuse, remove: refuse, adopt: refuse });
  const { outbox } = open();
  outbox.channel(general).put(line('a'));
  outbox.channel(general).put(line('b'));
  outbox.channel(general).remove('a');
  await settled();
  expect(nonces(outbox)).toEqual(['b']);
});

test('what an earlier page kept elsewhere moves into the store', async () => {
  const { store, open } = computer();
  let isForgotten = false;
  const { outbox } = open([line('old')], () => (isForgotten = true));
  await settled();
  expect(nonces(outbox)).toEqual(['old']);
  expect(await store.all()).toHaveLength(1);
  expect(isForgotten).toBe(true);
});

test('it is not forgotten there before it is in the store', async () => {
  const refuse = () => Promise.reject(new Error('full'));
  const { open } = computer({ all: refuse, put: refuse, remove: refuse, adopt: refuse });
  let isForgotten = false;
  const { outbox } = open([line('old')], () => (isForgotten = true));
  await settled();
  expect(nonces(outbox)).toEqual(['old']);
  expect(isForgotten).toBe(false);
});
