import type { Permissions } from './permission-bits.ts';

/** What of a role decides who acts on whom. */
export interface RankedRole {
  id: string;
  position: number;
}

/** Every role of a server, @everyone (whose id is the server's) among them, and its owner. */
export interface Ranking {
  serverId: string;
  ownerId: string;
  roles: readonly RankedRole[];
}

export interface Holder {
  userId: string;
  /** Roles held beside @everyone. */
  roleIds: ReadonlySet<string>;
}

/** Of the highest role held; the owner is above every role, who holds none is at 0 with @everyone. */
export function highestPosition({ serverId, ownerId, roles }: Ranking, holder: Holder): number {
  if (holder.userId === ownerId) return Infinity;
  let highest = 0;
  for (const { id, position } of roles) {
    if (id !== serverId && holder.roleIds.has(id)) highest = Math.max(highest, position);
  }
  return highest;
}

/**
 * True when `actor` stands above `target`: who does not, acts on nobody, whatever the permissions.
 * Nobody stands above the owner, not even an administrator, and nobody above themselves.
 */
export function canActOn(ranking: Ranking, actor: Holder, target: Holder): boolean {
  if (actor.userId === target.userId || target.userId === ranking.ownerId) return false;
  return highestPosition(ranking, actor) > highestPosition(ranking, target);
}

/**
 * True when `actor` stands above the role, and so may edit, give and take it, as far as the bits
 * they hold reach. @everyone is below all others and belongs to nobody: whoever manages roles may.
 */
export function canManageRole(ranking: Ranking, actor: Holder, role: RankedRole): boolean {
  return role.id === ranking.serverId || highestPosition(ranking, actor) > role.position;
}

/** True when every bit in which the two sets differ is held: none is given or taken by others. */
export function canChangeBits(held: Permissions, before: Permissions, after: Permissions): boolean {
  return ((before ^ after) & ~held) === 0n;
}
