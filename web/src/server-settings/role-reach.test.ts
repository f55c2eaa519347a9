import { Member } from '@harmonium/api/member';
import { Permission } from '@harmonium/api/permissions';
import { Structure } from '@harmonium/api/server';
import { describe, expect, test } from 'vitest';
import type { ServerState } from '../room/server-state.ts';
import { roleReach } from './role-reach.ts';

const { MANAGE_ROLES, KICK_MEMBERS, BAN_MEMBERS, SEND_MESSAGES } = Permission;
const NOW = Date.parse('2026-05-01T12:00:00.000Z');

const role = (id: string, position: number, permissions: bigint) => ({
  id,
  serverId: '1',
  name: id,
  color: null,
  permissions: permissions.toString(),
  position,
  hoist: false,
  mentionable: false,
});
const structure = Structure.parse({
  rev: 1,
  server: { id: '1', name: 'Guild', icon: null, ownerId: '9' },
  channels: [],
  categories: [],
  roles: [
    role('1', 0, SEND_MESSAGES),
    role('2', 1, KICK_MEMBERS),
    role('3', 2, BAN_MEMBERS),
    role('4', 3, MANAGE_ROLES | KICK_MEMBERS),
    role('5', 4, 0n),
  ],
});

function reachOf(userId: string, ...roles: string[]) {
  const me = Member.parse({
    user: { id: userId, username: 'Tomas', avatar: null },
    serverId: '1',
    nickname: null,
    roles,
    joinedAt: '2026-01-01T00:00:00.000Z',
    timeoutUntil: null,
  });
  const state: ServerState = { structure, me, presences: {}, voice: {} };
  const reach = roleReach(state, NOW);
  const ids = (may: typeof reach.canEdit) => structure.roles.filter(may).map(({ id }) => id);
  return { edits: ids(reach.canEdit), gives: ids(reach.canGive), creates: reach.canCreate };
}

describe('what one may do with roles', () => {
  test('what is below is edited, and given if it holds nothing that one lacks', () => {
    expect(reachOf('7', '4')).toEqual({ edits: ['1', '2', '3'], gives: ['2'], creates: true });
  });

  test('the owner is above all', () => {
    expect(reachOf('9')).toMatchObject({ edits: ['1', '2', '3', '4', '5'], creates: true });
  });

  test('without the right nothing, however high one stands', () => {
    expect(reachOf('7', '5')).toEqual({ edits: [], gives: [], creates: false });
  });
});
