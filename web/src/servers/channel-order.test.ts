import type { Category, Channel } from '@harmonium/api/channel';
import type { Snowflake } from '@harmonium/api/ids';
import { describe, expect, test } from 'vitest';
import { entryChannel, groupChannels } from './channel-order.ts';

const workshop = category('10', 0);
const attic = category('11', 1);
const structure = {
  categories: [attic, workshop],
  channels: [
    channel('1', 'voice', null, 0),
    channel('2', 'text', null, 5),
    channel('3', 'text', null, 2),
    channel('4', 'voice', '10', 0),
    channel('5', 'text', '10', 1),
    channel('6', 'text', 'gone', 9),
  ],
};

describe('the channel list', () => {
  test('shows loose text, categories in their order, loose voice', () => {
    expect(groupChannels(structure).map(({ key, channels }) => [key, channels.map(({ id }) => id)]))
      // A channel of a category that is not there is shown rather than lost.
      .toEqual([
        ['text', ['3', '2', '6']],
        ['10', ['5', '4']],
        ['11', []],
        ['voice', ['1']],
      ]);
  });

  test('has no group for what there is none of', () => {
    expect(groupChannels({ categories: [], channels: [] })).toEqual([]);
  });
});

describe('opening a server', () => {
  test('goes to the channel of last time', () => {
    expect(entryChannel(structure, '5')?.id).toBe('5');
  });

  test('goes to the first text channel otherwise', () => {
    expect(entryChannel(structure, undefined)?.id).toBe('3');
    expect(entryChannel(structure, 'removed since')?.id).toBe('3');
    expect(entryChannel(structure, '1')?.id).toBe('3');
  });

  test('goes nowhere where there is nothing to read', () => {
    expect(entryChannel({ categories: [], channels: [] }, undefined)).toBeUndefined();
  });
});

function category(id: string, position: number): Category {
  return { id: id as Snowflake, serverId: '9' as Snowflake, name: id, position };
}

function channel(
  id: string,
  type: Channel['type'],
  categoryId: string | null,
  position: number,
): Channel {
  return {
    id: id as Snowflake,
    serverId: '9' as Snowflake,
    categoryId: categoryId as Snowflake | null,
    type,
    name: id,
    topic: '',
    position,
    slowmode: 0,
    overrides: [],
  };
}
