import { Snowflake } from '@harmonium/api/ids';
import type { IssuedTicket } from '@harmonium/api/server';
import { afterEach, expect, test } from 'vitest';
import { mirela } from './testing/messages.ts';
import { createTestOutbox } from './testing/outbox.ts';
import { createVisitedChannels } from './visited-channels.ts';

let close = (): void => {};
afterEach(() => close());

function open() {
  const outbox = createTestOutbox();
  const knocked: string[] = [];
  const channels = createVisitedChannels({
    call: () => expect.unreachable('Nothing is read.'),
    clock: { now: () => 0, random: () => 0, everyBeat: () => () => {} },
    me: () => mirela,
    outbox,
    letIn: (id) => {
      knocked.push(id);
      return new Promise<IssuedTicket>(() => {});
    },
  });
  ({ close } = channels);
  const visit = (from: number, to: number) => {
    for (let id = from; id <= to; id += 1) channels.room(String(id));
  };
  return { channels, outbox, knocked, visit };
}

test('of the channels that were visited the last ten are kept as they were', () => {
  const { channels, visit } = open();
  const [first, second] = [channels.room('1'), channels.room('2')];
  visit(3, 10);
  expect(channels.room('1')).toBe(first);
  // The one looked at longest ago is now the second.
  visit(11, 11);
  expect(channels.room('1')).toBe(first);
  expect(channels.room('2')).not.toBe(second);
});

test('what is on the screen, or has something on its way, is kept however many are visited', () => {
  const { channels, outbox, visit } = open();
  channels.show('1');
  channels.showBeside('2');
  const channelId = Snowflake.parse('3');
  const kept = [channels.room('1'), channels.room('2'), channels.room('3')];
  outbox.channel(channelId).put({ nonce: 'n', channelId, content: 'x', writtenAt: 1 });
  visit(4, 40);
  expect(['1', '2', '3'].map((id) => channels.room(id))).toEqual(kept);
  expect(channels.shown()).toBe(kept[0]);
});

test('the channel on the screen is entered, and others are not', async () => {
  const { channels, knocked, visit } = open();
  visit(1, 5);
  channels.show('3');
  channels.show('3');
  await expect.poll(() => knocked).toEqual(['3']);
});
