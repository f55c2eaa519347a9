import { Snowflake } from '@harmonium/api/ids';
import type { Member } from '@harmonium/api/member';
import { Permission } from '@harmonium/api/permissions';
import type { Role } from '@harmonium/api/role';
import { describe, expect, test } from 'vitest';
import type { ServerState } from '../room/server-state.ts';
import { mirela, tomas } from '../room/testing/messages.ts';
import { memberActions } from './member-actions.ts';

const NOW = Date.parse('2026-11-23T12:00:00.000Z');
const serverId = Snowflake.parse('50');
const owner = Snowflake.parse('99');

function member(user: Member['user'], roles: string[] = [], timeoutUntil: string | null = null) {
  return {
    user,
    serverId,
    nickname: null,
    roles: roles.map((id) => Snowflake.parse(id)),
    joinedAt: '2026-11-23T12:00:00.000Z',
    timeoutUntil,
  } satisfies Member;
}
function role(id: string, position: number, permissions: bigint): Role {
  return {
    id: Snowflake.parse(id),
    serverId,
    name: `role ${id}`,
    color: null,
    permissions: String(permissions),
    position,
    hoist: false,
    mentionable: false,
  };
}
const MODERATES =
  Permission.KICK_MEMBERS |
  Permission.BAN_MEMBERS |
  Permission.TIMEOUT_MEMBERS |
  Permission.MANAGE_ROLES;
const roles = [
  role('50', 0, 0n),
  role('1', 1, 0n),
  role('2', 2, MODERATES),
  role('3', 3, Permission.ADMINISTRATOR),
];
const asSeenBy = (me: Member): ServerState => ({
  structure: {
    rev: 1,
    server: { id: serverId, name: 'Guild', icon: null, theme: null, ownerId: owner },
    channels: [],
    categories: [],
    roles,
    emojis: [],
  },
  me,
  presences: {},
  voice: {},
});
const moderator = asSeenBy(member(mirela, ['2']));

describe('what the card of a member offers', () => {
  test('a moderator acts on whoever stands below, with what they hold', () => {
    const actions = memberActions(moderator, member(tomas), NOW);
    expect(actions).toMatchObject({
      isSelf: false,
      canRename: true,
      canTimeOut: true,
      canEndTimeout: false,
      canKick: true,
      canBan: true,
    });
    expect(actions.givable.map(({ id }) => id)).toEqual(['1']);
  });

  test('nothing about somebody of the same height, above, or the owner', () => {
    const nothing = {
      canRename: false,
      canTimeOut: false,
      canKick: false,
      canBan: false,
      givable: [],
    };
    expect(memberActions(moderator, member(tomas, ['2']), NOW)).toMatchObject(nothing);
    expect(memberActions(moderator, member(tomas, ['3']), NOW)).toMatchObject(nothing);
    expect(memberActions(moderator, member({ ...tomas, id: owner }), NOW)).toMatchObject(nothing);
  });

  test('oneself: the nickname and lower roles, no more', () => {
    const actions = memberActions(moderator, moderator.me, NOW);
    expect(actions).toMatchObject({ isSelf: true, canRename: true, canKick: false, canBan: false });
    expect(actions.givable.map(({ id }) => id)).toEqual(['1']);
    expect([...actions.takable]).toEqual([]);
  });

  test('a role with permissions one does not hold can be taken, not given', () => {
    const stronger = role('4', 1, Permission.MANAGE_SERVER);
    const state = {
      ...moderator,
      structure: { ...moderator.structure, roles: [...roles, stronger] },
    };
    expect(memberActions(state, member(tomas), NOW).givable).not.toContain(stronger);
    expect([...memberActions(state, member(tomas, ['4']), NOW).takable]).toEqual(['4']);
  });

  test('a running timeout can be ended; one that has run out cannot', () => {
    const running = member(tomas, [], '2026-11-23T12:05:00.000Z');
    const over = member(tomas, [], '2026-11-23T11:55:00.000Z');
    expect(memberActions(moderator, running, NOW).canEndTimeout).toBe(true);
    expect(memberActions(moderator, over, NOW).canEndTimeout).toBe(false);
  });

  test('whoever is timed out moderates nobody', () => {
    const timedOut = asSeenBy(member(mirela, ['2'], '2026-11-23T12:05:00.000Z'));
    expect(memberActions(timedOut, member(tomas), NOW)).toMatchObject({
      canKick: false,
      canBan: false,
      canTimeOut: false,
    });
    expect(memberActions(timedOut, timedOut.me, NOW).canRename).toBe(false);
  });
});
