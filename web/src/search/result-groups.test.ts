import { Snowflake } from '@harmonium/api/ids';
import { expect, test } from 'vitest';
import { message } from '../room/testing/messages.ts';
import { resultGroups } from './result-groups.ts';

test('what follows each other in one channel on one day stands together', () => {
  const elsewhere = { channelId: Snowflake.parse('200') };
  const later = { createdAt: new Date(Date.UTC(2026, 10, 26, 12)).toISOString() };
  const found = [message(1), message(2), message(3, elsewhere), message(4), message(5, later)];
  expect(resultGroups(found).map((group) => group.messages.map(({ content }) => content))).toEqual([
    ['1', '2'],
    ['3'],
    ['4'],
    ['5'],
  ]);
});
