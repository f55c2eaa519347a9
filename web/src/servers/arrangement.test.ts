import type { Category, Channel } from '@harmonium/api/channel';
import { Snowflake } from '@harmonium/api/ids';
import { describe, expect, test } from 'vitest';
import { arranged, categoryStep, channelStep } from './arrangement.ts';
import type { Move } from './arrangement.ts';
import { groupChannels } from './channel-order.ts';

const id = (text: string) => Snowflake.parse(text);
const serverId = id('50');
function channel(
  number: string,
  position: number,
  categoryId: string | null,
  type: Channel['type'] = 'text',
): Channel {
  return {
    id: id(number),
    serverId,
    categoryId: categoryId === null ? null : id(categoryId),
    type,
    name: `c${number}`,
    topic: '',
    position,
    slowmode: 0,
    overrides: [],
  };
}
const category = (number: string, position: number): Category => ({
  id: id(number),
  serverId,
  name: `k${number}`,
  position,
});
/** 1 2 | 70: 3 4, voice 5 | 71: empty | loose voice 6 */
const structure = {
  channels: [
    channel('1', 0, null),
    channel('2', 1, null),
    channel('6', 2, null, 'voice'),
    channel('3', 3, '70'),
    channel('4', 4, '70'),
    channel('5', 5, '70', 'voice'),
  ],
  categories: [category('70', 0), category('71', 1)],
};
type Channels = typeof structure;
const shown = (of: Channels) =>
  groupChannels(of).map(({ key, channels }) =>
    [key].concat(channels.map((each) => String(each.id))),
  );
const after = (move: Move | undefined, of = structure) =>
  shown(move === undefined ? of : arranged(of, move));

describe('channels in another order', () => {
  test('above another channel, also in another category', () => {
    const move: Move = { kind: 'channel', id: '1', categoryId: id('70'), before: '4' };
    expect(after(move)).toEqual([
      ['text', '2'],
      ['70', '3', '1', '4', '5'],
      ['71'],
      ['voice', '6'],
    ]);
  });

  test('into an empty category, and out of any', () => {
    const inside: Move = { kind: 'channel', id: '3', categoryId: id('71'), before: undefined };
    expect(after(inside)[2]).toEqual(['71', '3']);
    const outside: Move = { kind: 'channel', id: '3', categoryId: null, before: '1' };
    expect(after(outside)[0]).toEqual(['text', '3', '1', '2']);
  });

  test('positions have no gaps, and only what is in sight is named', () => {
    const move: Move = { kind: 'channel', id: '2', categoryId: null, before: '1' };
    const { channels } = arranged(structure, move);
    expect(channels.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(structure.channels[0]?.position).toBe(0);
  });
});

describe('one step by keyboard', () => {
  test('goes through the group, then into the next one', () => {
    const one = channelStep(structure, '1', 1);
    expect(after(one)[0]).toEqual(['text', '2', '1']);
    expect(after(channelStep(structure, '2', 1)).slice(0, 2)).toEqual([
      ['text', '1'],
      ['70', '2', '3', '4', '5'],
    ]);
    expect(after(channelStep(structure, '4', 1)).slice(1, 3)).toEqual([
      ['70', '3', '5'],
      ['71', '4'],
    ]);
    expect(after(channelStep(structure, '3', -1)).slice(0, 2)).toEqual([
      ['text', '1', '2', '3'],
      ['70', '4', '5'],
    ]);
  });

  test('ends at the ends; a voice channel never stands among texts of no category', () => {
    expect(channelStep(structure, '1', -1)).toBeUndefined();
    expect(channelStep(structure, '6', 1)).toBeUndefined();
    expect(after(channelStep(structure, '5', -1))).toEqual(after(undefined));
    expect(after(channelStep(structure, '6', -1))[2]).toEqual(['71', '6']);
  });

  test('a category changes places with its neighbour', () => {
    expect(after(categoryStep(structure, '70', 1)).map(([key]) => key)).toEqual([
      'text',
      '71',
      '70',
      'voice',
    ]);
    expect(categoryStep(structure, '70', -1)).toBeUndefined();
    expect(categoryStep(structure, '71', 1)).toBeUndefined();
  });
});
