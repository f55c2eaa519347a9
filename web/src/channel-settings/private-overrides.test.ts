import { Snowflake } from '@harmonium/api/ids';
import { channelPermissions, Permission } from '@harmonium/api/permissions';
import { expect, test } from 'vitest';
import { overridesOf } from '../room/server-view.ts';
import { privateOverrides } from './private-overrides.ts';

const id = (text: string) => Snowflake.parse(text);
const server = id('50');
const context = {
  serverId: '50',
  ownerId: '99',
  roles: [{ id: '50', permissions: Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES }],
};
const sees = (userId: string, roleIds: string[], overrides: ReturnType<typeof privateOverrides>) =>
  channelPermissions(
    context,
    { userId, roleIds: new Set(roleIds), timedOut: false },
    overridesOf({ overrides }),
  ) !== 0n;

test('a private channel is seen by those let in, whoever made it, and nobody else', () => {
  const overrides = privateOverrides(
    server,
    [
      { kind: 'role', id: id('2') },
      { kind: 'member', id: id('7') },
    ],
    id('8'),
  );
  expect(sees('6', ['2'], overrides)).toBe(true);
  expect(sees('7', [], overrides)).toBe(true);
  expect(sees('8', [], overrides)).toBe(true);
  expect(sees('9', ['3'], overrides)).toBe(false);
});

test('whoever lets themselves in is there once', () => {
  const overrides = privateOverrides(server, [{ kind: 'member', id: id('8') }], id('8'));
  expect(overrides.map(({ targetId }) => targetId)).toEqual(['50', '8']);
});
