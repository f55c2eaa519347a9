import { Snowflake } from '@harmonium/api/ids';
import { expect, test } from 'vitest';
import { makeMemberRows } from './member-rows.ts';
import type { ShownGroup, ShownPerson } from './shown-groups.ts';

const person = (id: string): ShownPerson => ({
  key: id,
  user: { id: Snowflake.parse(id), username: `person ${id}`, avatar: null },
  name: `person ${id}`,
  status: 'online',
  text: undefined,
  color: undefined,
});
const group = (key: string, ...people: ShownPerson[]): ShownGroup => ({
  key,
  kind: 'role',
  name: key,
  people,
});

test('a long list: headings and people in order, and rows stay who they are', () => {
  const [first, second, third] = [person('1'), person('2'), person('3')];
  const makers = group('makers', first, second);
  const rowsOf = makeMemberRows();
  const before = rowsOf([makers]);
  expect(before.map(({ kind }) => kind)).toEqual(['heading', 'person', 'person']);

  const after = rowsOf([makers, group('online', third)]);
  expect(after).toHaveLength(5);
  expect(after[1]).toBe(before[1]);
  expect(after[4]).toMatchObject({ kind: 'person', person: { key: '3' } });
});
