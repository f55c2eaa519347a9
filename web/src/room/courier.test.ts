import { Snowflake } from '@harmonium/api/ids';
import { beforeEach, expect, test } from 'vitest';
import { createCourier } from './courier.ts';
import type { Outbox, PendingMessage } from './outbox.ts';
import { createTestOutbox } from './testing/outbox.ts';

const id = (text: string) => Snowflake.parse(text);
let outbox: Outbox;
let acts: string[];
let shown: string | undefined;

function courier() {
  const room = (channelId: string) => ({
    open: () => acts.push(`open ${channelId}`),
    close: () => acts.push(`close ${channelId}`),
    flush: () => acts.push(`flush ${channelId}`),
  });
  return createCourier({ outbox, room, isShown: (one) => one === shown });
}

function write(channel: string, writtenAt: number, more: Partial<PendingMessage> = {}): void {
  const channelId = id(channel);
  const nonce = `n${writtenAt}`;
  outbox.channel(channelId).put({ nonce, channelId, content: 'x', writtenAt, ...more });
}

beforeEach(() => {
  outbox = createTestOutbox();
  acts = [];
  shown = undefined;
});

test('a channel that was left with something on its way is open until it is there', () => {
  courier();
  write('100', 1);
  write('100', 2);
  outbox.channel(id('100')).remove('n1');
  expect(acts).toEqual(['open 100']);
  outbox.channel(id('100')).remove('n2');
  expect(acts).toEqual(['open 100', 'close 100']);
});

test('the channel on the screen needs nobody', () => {
  shown = '100';
  const it = courier();
  write('100', 1);
  expect(acts).toEqual([]);
  shown = '200';
  it.look();
  expect(acts).toEqual(['open 100']);
  expect(it.carries('100')).toBe(true);
});

test('a channel that comes on the screen while its messages are carried stays open', () => {
  const it = courier();
  write('100', 1);
  shown = '100';
  it.look();
  outbox.channel(id('100')).remove('n1');
  expect(acts).toEqual(['open 100']);
  expect(it.carries('100')).toBe(false);
});

test('three channels are open at once, and then the next', () => {
  courier();
  for (const [at, channel] of ['100', '200', '300', '400'].entries()) write(channel, at);
  expect(acts).toEqual(['open 100', 'open 200', 'open 300']);
  outbox.channel(id('200')).remove('n1');
  expect(acts.slice(3)).toEqual(['close 200', 'open 400']);
});

test('what was refused for good is not carried any further', () => {
  courier();
  write('100', 1);
  write('100', 1, { refused: { code: 'missing_permission' } });
  expect(acts).toEqual(['open 100', 'close 100']);
});
