import { AuditAction, AuditEntry } from '@harmonium/api/audit-log';
import { Permission } from '@harmonium/api/permissions';
import { Structure } from '@harmonium/api/server';
import { describe, expect, test } from 'vitest';
import { entryChanges } from './entry-changes.ts';
import { entryNames } from './entry-names.ts';
import { entrySentence } from './entry-sentence.ts';

const { KICK_MEMBERS, BAN_MEMBERS } = Permission;

const structure = Structure.parse({
  rev: 1,
  server: { id: '1', name: 'Guild', icon: null, ownerId: '9' },
  channels: [],
  categories: [],
  roles: [
    {
      id: '2',
      serverId: '1',
      name: 'Choir',
      color: null,
      permissions: '0',
      position: 1,
      hoist: false,
      mentionable: false,
    },
  ],
});
const entry = (fields: Partial<AuditEntry>) =>
  AuditEntry.parse({
    id: '100',
    serverId: '1',
    actor: { id: '9', username: 'Mirela', avatar: null },
    action: 'role.update',
    targetId: '2',
    target: null,
    channelId: null,
    before: null,
    after: null,
    reason: null,
    createdAt: '2026-05-01T12:00:00.000Z',
    ...fields,
  });
const said = (fields: Partial<AuditEntry>) => {
  const one = entry(fields);
  return entrySentence(one, entryNames(one, structure));
};
const changed = (fields: Partial<AuditEntry>) => {
  const one = entry(fields);
  return entryChanges(one, entryNames(one, structure));
};

describe('the audit log in words', () => {
  test('every act has its sentence', () => {
    for (const action of AuditAction.options) expect(said({ action }), action).not.toBe('');
  });

  test('a role is called as it is now, and one that is gone as it was', () => {
    expect(said({})).toBe('changed the role Choir');
    const id = '77' as AuditEntry['id']; // Ids are branded texts.
    expect(said({ action: 'role.delete', targetId: id, before: { name: 'Band' } })).toBe(
      'deleted the role Band',
    );
    expect(said({ targetId: id })).toBe('changed the role a role that is gone');
  });

  test('who was kicked keeps their name after they left', () => {
    const id = '8' as AuditEntry['id']; // Ids are branded texts.
    const target = { id, username: 'Tomas', avatar: null };
    expect(said({ action: 'member.kick', targetId: id, target })).toBe('kicked Tomas');
    expect(said({ action: 'member.kick', targetId: id })).toBe('kicked somebody who is gone');
  });

  test('a timeout and its end are two things', () => {
    expect(said({ action: 'member.timeout', after: { timeoutUntil: null } })).toContain('ended');
  });

  test('permissions are told by what was given and what was taken', () => {
    expect(
      changed({
        before: { permissions: KICK_MEMBERS.toString(), hoist: false },
        after: { permissions: BAN_MEMBERS.toString(), hoist: true },
      }),
    ).toEqual([
      { label: 'Permissions given', after: 'Ban members' },
      { label: 'Permissions taken', after: 'Kick members' },
      { label: 'Shown apart', before: 'no', after: 'yes' },
    ]);
  });

  test('what was made without something does not say so', () => {
    expect(
      changed({ action: 'role.create', after: { name: 'Choir', color: null, hoist: false } }),
    ).toEqual([{ label: 'Name', after: 'Choir' }]);
  });

  test('roles given and taken are named', () => {
    expect(
      changed({ action: 'member.roles', before: { roles: ['2'] }, after: { roles: ['5'] } }),
    ).toEqual([
      { label: 'Roles given', after: 'a role that is gone' },
      { label: 'Roles taken', after: 'Choir' },
    ]);
  });

  test('moved things say from where to where', () => {
    expect(
      changed({ action: 'role.reorder', targetId: null, before: { 2: 1 }, after: { 2: 3 } }),
    ).toEqual([{ label: 'Choir', before: 'place 1', after: 'place 3' }]);
  });
});
