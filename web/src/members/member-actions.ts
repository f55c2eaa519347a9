import { canActOn, canChangeBits, canManageRole } from '@harmonium/api/hierarchy';
import type { Member } from '@harmonium/api/member';
import {
  NO_PERMISSIONS,
  Permission,
  hasPermission,
  serverPermissions,
} from '@harmonium/api/permissions';
import type { Role } from '@harmonium/api/role';
import type { ServerState } from '../room/server-state.ts';
import { contextOf, myServerPermissions, subjectOf } from '../room/server-view.ts';

export type Target = Pick<Member, 'user' | 'roles' | 'timeoutUntil'>;

export interface MemberActions {
  isSelf: boolean;
  canRename: boolean;
  canTimeOut: boolean;
  canEndTimeout: boolean;
  canKick: boolean;
  canBan: boolean;
  /** Roles they lack that I may give, highest first. */
  givable: readonly Role[];
  /** Ids of the roles they hold that I may take. */
  takable: ReadonlySet<string>;
}

/** What I may do about a member: what the app offers, by the same rules as the server. */
export function memberActions(state: ServerState, target: Target, now: number): MemberActions {
  const context = contextOf(state.structure);
  const me = subjectOf(state.me, now);
  const them = subjectOf(target, now);
  const held = myServerPermissions(state, now);
  const may = (bit: bigint): boolean => hasPermission(held, bit);
  const isSelf = them.userId === me.userId;
  const isBelow = canActOn(context, me, them);
  const isAdministrator = hasPermission(
    serverPermissions(context, { ...them, timedOut: false }),
    Permission.ADMINISTRATOR,
  );

  const isMine = (role: Role): boolean =>
    role.id !== context.serverId &&
    may(Permission.MANAGE_ROLES) &&
    (isSelf || isBelow) &&
    canManageRole(context, me, role);
  const canGive = (role: Role): boolean =>
    isMine(role) && canChangeBits(held, NO_PERMISSIONS, BigInt(role.permissions));
  const { roles } = state.structure;

  return {
    isSelf,
    canRename: isSelf
      ? !me.timedOut || may(Permission.ADMINISTRATOR)
      : isBelow && may(Permission.KICK_MEMBERS),
    canTimeOut: isBelow && !isAdministrator && may(Permission.TIMEOUT_MEMBERS),
    canEndTimeout: isBelow && them.timedOut && may(Permission.TIMEOUT_MEMBERS),
    canKick: isBelow && may(Permission.KICK_MEMBERS),
    canBan: isBelow && may(Permission.BAN_MEMBERS),
    givable: roles
      .filter((role) => !them.roleIds.has(role.id) && canGive(role))
      .sort((one, other) => other.position - one.position),
    takable: new Set(
      roles.filter((role) => them.roleIds.has(role.id) && isMine(role)).map(({ id }) => id),
    ),
  };
}
