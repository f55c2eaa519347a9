import { ALL_PERMISSIONS, Permission } from '@harmonium/api/permissions';
import { Member } from '@harmonium/api/member';
import { Structure } from '@harmonium/api/server';
import { expect, test } from 'vitest';
import type { ServerState } from '../room/server-state.ts';
import { serverSections } from './settings-sections.ts';

const NOW = Date.parse('2026-05-01T12:00:00.000Z');

function standing(permissions: bigint, timeoutUntil: string | null = null): ServerState {
  const me = Member.parse({
    user: { id: '7', username: 'Tomas', avatar: null },
    serverId: '1',
    nickname: null,
    roles: ['2'],
    joinedAt: '2026-01-01T00:00:00.000Z',
    timeoutUntil,
  });
  const role = { serverId: '1', color: null, hoist: false, mentionable: false };
  const structure = Structure.parse({
    rev: 1,
    server: { id: '1', name: 'Guild', icon: null, ownerId: '9' },
    channels: [],
    categories: [],
    roles: [
      { ...role, id: '1', name: '@everyone', permissions: '64', position: 0 },
      { ...role, id: '2', name: 'one', permissions: permissions.toString(), position: 1 },
    ],
  });
  return { structure, me, presences: {}, voice: {} };
}

test('who may change nothing has no settings to open', () => {
  expect(serverSections(standing(Permission.SEND_MESSAGES), NOW)).toEqual([]);
});

test('each right opens what it is about, and no more', () => {
  expect(serverSections(standing(Permission.KICK_MEMBERS), NOW)).toEqual(['members']);
  expect(serverSections(standing(Permission.VIEW_AUDIT_LOG), NOW)).toEqual(['audit-log']);
  expect(serverSections(standing(Permission.MANAGE_SERVER), NOW)).toEqual(['overview', 'invites']);
  expect(serverSections(standing(Permission.MANAGE_EMOJI), NOW)).toEqual(['emoji']);
  expect(serverSections(standing(Permission.ADMINISTRATOR), NOW)).toHaveLength(7);
  expect(serverSections(standing(ALL_PERMISSIONS), NOW)).toHaveLength(7);
});

test('in a timeout they are closed', () => {
  const until = '2026-05-01T13:00:00.000Z';
  expect(serverSections(standing(Permission.MANAGE_SERVER, until), NOW)).toEqual([]);
});
