import type { Member } from '@harmonium/api/member';
import type { Role } from '@harmonium/api/role';
import type { Presence } from '@harmonium/rooms/presence';

export interface MemberRow {
  member: Member;
  /** The name to show. */
  name: string;
  status: Presence['status'];
  /** What they say they are up to. */
  text: string | undefined;
  /** 0xRRGGBB of the highest coloured role. */
  color: number | undefined;
}

export interface MemberGroup {
  key: string;
  kind: 'role' | 'online' | 'offline';
  /** Name of the role; empty for the other kinds. */
  name: string;
  rows: MemberRow[];
}

export const displayName = (member: Member): string => member.nickname ?? member.user.username;

/** What somebody is called in a server, as far as its members are known. */
export function memberName(
  members: { get(userId: string): Member | undefined },
  user: { id: string; username: string },
): string {
  const member = members.get(user.id);
  return member === undefined ? user.username : displayName(member);
}

/** Highest hoisted role first, then who is online, then who is not; names in the reader's order. */
export function groupMembers(
  members: readonly Member[],
  roles: readonly Role[],
  presences: Readonly<Record<string, Presence>>,
): MemberGroup[] {
  const ranked = [...roles].sort((one, other) => other.position - one.position);
  const groups = new Map<string, MemberGroup>();
  for (const role of ranked) {
    if (role.hoist) groups.set(role.id, { key: role.id, kind: 'role', name: role.name, rows: [] });
  }
  groups.set('online', { key: 'online', kind: 'online', name: '', rows: [] });
  groups.set('offline', { key: 'offline', kind: 'offline', name: '', rows: [] });

  for (const member of members) {
    const row = rowOf(member, ranked, presences[member.user.id]);
    const hoisted = ranked.find((role) => role.hoist && member.roles.includes(role.id));
    const key = row.status === 'offline' ? 'offline' : (hoisted?.id ?? 'online');
    groups.get(key)?.rows.push(row);
  }
  const filled = [...groups.values()].filter((group) => group.rows.length > 0);
  for (const group of filled) {
    group.rows.sort((one, other) => one.name.localeCompare(other.name));
  }
  return filled;
}

function rowOf(member: Member, ranked: readonly Role[], presence: Presence | undefined): MemberRow {
  const coloured = ranked.find((role) => role.color !== null && member.roles.includes(role.id));
  return {
    member,
    name: displayName(member),
    status: presence?.status ?? 'offline',
    text: presence?.text,
    color: coloured?.color ?? undefined,
  };
}
