import { Permission } from '@harmonium/api/permissions';
import { Role } from '@harmonium/api/role';
import { describe, expect, test } from 'vitest';
import { NO_DRAFT, changesOf, drafted, withBit } from './role-draft.ts';

const { SEND_MESSAGES, KICK_MEMBERS } = Permission;
const role = Role.parse({
  id: '2',
  serverId: '1',
  name: 'Choir',
  color: null,
  permissions: SEND_MESSAGES.toString(),
  position: 1,
  hoist: false,
  mentionable: false,
});

describe('a role that is being edited', () => {
  test('only what differs is sent', () => {
    expect(changesOf(role, NO_DRAFT)).toBeUndefined();
    expect(changesOf(role, { ...NO_DRAFT, name: 'Choir', hoist: true })).toEqual({ hoist: true });
    expect(changesOf(role, { ...NO_DRAFT, color: 0xff0000 })).toEqual({ color: 0xff0000 });
  });

  test('a permission given and taken back is no change', () => {
    const given = withBit(role, NO_DRAFT, KICK_MEMBERS, true);
    expect(changesOf(role, given)).toEqual({
      permissions: (SEND_MESSAGES | KICK_MEMBERS).toString(),
    });
    expect(changesOf(role, withBit(role, given, KICK_MEMBERS, false))).toBeUndefined();
    const taken = withBit(role, NO_DRAFT, SEND_MESSAGES, false);
    expect(changesOf(role, taken)).toEqual({ permissions: '0' });
    expect(changesOf(role, withBit(role, taken, SEND_MESSAGES, true))).toBeUndefined();
    // Nor does it stand against what somebody else decides about it.
    const back = withBit(role, taken, SEND_MESSAGES, true);
    expect(changesOf({ ...role, permissions: '0' }, back)).toBeUndefined();
  });

  test('what somebody else saves meanwhile is kept', () => {
    const draft = withBit(role, { ...NO_DRAFT, name: 'Chorus' }, KICK_MEMBERS, true);
    const changed = { ...role, permissions: '0', hoist: true };
    expect(drafted(changed, draft)).toMatchObject({
      name: 'Chorus',
      hoist: true,
      permissions: KICK_MEMBERS,
    });
    expect(changesOf(changed, draft)).toEqual({
      name: 'Chorus',
      permissions: KICK_MEMBERS.toString(),
    });
  });
});
