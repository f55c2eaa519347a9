import { Snowflake } from '@harmonium/api/ids';
import type { Member } from '@harmonium/api/member';
import { User } from '@harmonium/api/user';
import { expect, test } from 'vitest';
import { createMemberList } from './member-list.ts';

function member(number: number): Member {
  return {
    user: User.parse({ id: String(number), username: `Person ${number}`, avatar: null }),
    serverId: Snowflake.parse('50'),
    nickname: null,
    roles: [],
    joinedAt: '2026-11-23T12:00:00.000Z',
    timeoutUntil: null,
  };
}

test('who joins or leaves while the page is on its way is right afterwards', async () => {
  let answer: (page: Member[]) => void = () => {};
  const list = createMemberList({
    page: () => new Promise((resolve) => (answer = resolve)),
    server: () => undefined,
  });
  const loading = list.refresh();
  list.hear({ type: 'member.joined', member: member(3) });
  list.hear({ type: 'member.left', userId: Snowflake.parse('2') });
  answer([member(1), member(2)]);
  await loading;
  expect([1, 2, 3].map((id) => list.get(String(id)) !== undefined)).toEqual([true, false, true]);
});

test('after a reconnect who left meanwhile is gone', async () => {
  let present = [member(1), member(2)];
  const list = createMemberList({ page: () => Promise.resolve(present), server: () => undefined });
  await list.refresh();
  present = [member(1)];
  await list.refresh();
  expect(list.get('2')).toBeUndefined();
});
