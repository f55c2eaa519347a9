import type { Snowflake } from '@harmonium/api/ids';
import type { Member } from '@harmonium/api/member';
import type { Role } from '@harmonium/api/role';
import { displayName } from '../room/member-groups.ts';

/** A role or a member of whom a channel says something. */
export type Target =
  | { kind: 'role'; id: Snowflake; name: string; color: number | null }
  | { kind: 'member'; id: Snowflake; name: string; member: Member };

export const roleTarget = ({ id, name, color }: Role): Target => ({
  kind: 'role',
  id,
  name,
  color,
});

export const memberTarget = (member: Member): Target => ({
  kind: 'member',
  id: member.user.id,
  name: displayName(member),
  member,
});

/** Roles whose name holds what was typed, highest first. */
export function matchingRoles(roles: readonly Role[], typed: string): Role[] {
  const wanted = typed.trim().replace(/^@/, '').toLocaleLowerCase();
  return roles
    .filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
    .sort((one, other) => other.position - one.position);
}
