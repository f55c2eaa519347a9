import { canChangeBits, canManageRole, highestPosition } from '@harmonium/api/hierarchy';
import { NO_PERMISSIONS, Permission, hasPermission } from '@harmonium/api/permissions';
import type { Permissions } from '@harmonium/api/permissions';
import type { Role } from '@harmonium/api/role';
import { contextOf, myServerPermissions, subjectOf } from '../room/server-view.ts';
import type { ServerState } from '../room/server-state.ts';

export interface RoleReach {
  /** Only these bits are given or taken. */
  held: Permissions;
  /** A new role stands just above @everyone, and so has to be below me. */
  canCreate: boolean;
  canEdit: (role: Role) => boolean;
  /** It holds no bit that I lack. */
  canGive: (role: Role) => boolean;
}

/** What I may do with the roles of a server: what the page offers, by the same rules as the server. */
export function roleReach(state: ServerState, now: number): RoleReach {
  const context = contextOf(state.structure);
  const me = subjectOf(state.me, now);
  const held = myServerPermissions(state, now);
  const manages = hasPermission(held, Permission.MANAGE_ROLES);
  const canEdit = (role: Role): boolean => manages && canManageRole(context, me, role);
  return {
    held,
    canCreate: manages && highestPosition(context, me) > 0,
    canEdit,
    canGive: (role) =>
      role.id !== context.serverId &&
      canEdit(role) &&
      canChangeBits(held, NO_PERMISSIONS, BigInt(role.permissions)),
  };
}
