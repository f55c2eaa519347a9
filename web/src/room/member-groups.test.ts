import { Snowflake } from '@harmonium/api/ids';
import type { Member } from '@harmonium/api/member';
import type { Role } from '@harmonium/api/role';
import { expect, test } from 'vitest';
import { groupMembers } from './member-groups.ts';

const id = (text: string) => Snowflake.parse(text);
const serverId = id('50');

function member(number: string, username: string, roles: string[] = []): Member {
  return {
    user: { id: id(number), username, avatar: null },
    serverId,
    nickname: null,
    roles: roles.map(id),
    joinedAt: '2026-11-23T12:00:00.000Z',
    timeoutUntil: null,
  };
}
function role(number: string, name: string, change: Partial<Role>): Role {
  return {
    id: id(number),
    serverId,
    name,
    color: null,
    permissions: '0',
    position: 1,
    hoist: false,
    mentionable: false,
    ...change,
  };
}
const online = (number: string) => ({ userId: id(number), status: 'online' as const });

test('people stand under their highest hoisted role, then online, then offline, by name', () => {
  const members = [
    member('1', 'Yuki', ['11', '12']),
    member('2', 'Tomas'),
    member('3', 'Adaeze'),
    member('4', 'Jonas', ['11']),
  ];
  const roles = [
    role('11', 'Helpers', { hoist: true, position: 1 }),
    role('12', 'Maintainers', { hoist: true, position: 2, color: 0xaa66ff }),
  ];
  const groups = groupMembers(members, roles, { 1: online('1'), 2: online('2'), 3: online('3') });
  expect(
    groups.map((group) => [group.name || group.kind, group.rows.map((row) => row.name)]),
  ).toEqual([
    ['Maintainers', ['Yuki']],
    ['online', ['Adaeze', 'Tomas']],
    ['offline', ['Jonas']],
  ]);
  expect(groups[0]?.rows[0]?.color).toBe(0xaa66ff);
});
