import { ALL_PERMISSIONS, NO_PERMISSIONS, Permission } from './permission-bits.ts';
import type { Permissions } from './permission-bits.ts';

export * from './permission-bits.ts';
// The schema lives apart, so that a browser gets the arithmetic without zod.
export { PermissionSet } from './permission-set.ts';

/** Worth nothing without CONNECT. */
export const VOICE_BITS: Permissions =
  Permission.SPEAK |
  Permission.STREAM |
  Permission.MUTE_MEMBERS |
  Permission.DEAFEN_MEMBERS |
  Permission.MOVE_MEMBERS;

export interface RoleGrant {
  id: string;
  permissions: Permissions;
}

export interface Override {
  kind: 'role' | 'member';
  /** The role's or user's id; the @everyone role has the server's own id. */
  targetId: string;
  allow: Permissions;
  deny: Permissions;
}

export interface Subject {
  userId: string;
  /** Roles held beside @everyone. */
  roleIds: ReadonlySet<string>;
  /** True while a timeout runs. */
  timedOut: boolean;
}

export interface PermissionContext {
  serverId: string;
  ownerId: string;
  /** Every role of the server, @everyone (whose id is the server's) among them. */
  roles: readonly RoleGrant[];
}

/**
 * What a member may do in a server as a whole (no channel's overrides).
 * Owner and ADMINISTRATOR have every bit, also under a timeout.
 */
export function serverPermissions(context: PermissionContext, subject: Subject): Permissions {
  const granted = grantedByRoles(context, subject);
  if (granted === ALL_PERMISSIONS) return granted;
  return subject.timedOut ? granted & Permission.VIEW_CHANNEL : granted;
}

/**
 * What a member may do in one channel: roles OR-ed, then overrides for @everyone, for all of the
 * member's roles combined (deny, then allow), and for the member.
 * Without VIEW_CHANNEL nothing is left; without CONNECT no voice bit; in a timeout VIEW_CHANNEL only.
 * Source: https://discord.com/developers/docs/topics/permissions#permission-overwrites
 */
export function channelPermissions(
  context: PermissionContext,
  subject: Subject,
  overrides: readonly Override[],
): Permissions {
  const base = grantedByRoles(context, subject);
  if (base === ALL_PERMISSIONS) return base;

  let allowed = base;
  let roleAllow = NO_PERMISSIONS;
  let roleDeny = NO_PERMISSIONS;
  let member: Override | undefined;
  let everyone: Override | undefined;
  for (const override of overrides) {
    if (override.kind === 'member') {
      if (override.targetId === subject.userId) member = override;
    } else if (override.targetId === context.serverId) {
      everyone = override;
    } else if (subject.roleIds.has(override.targetId)) {
      roleAllow |= override.allow;
      roleDeny |= override.deny;
    }
  }
  if (everyone) allowed = (allowed & ~everyone.deny) | everyone.allow;
  allowed = (allowed & ~roleDeny) | roleAllow;
  if (member) allowed = (allowed & ~member.deny) | member.allow;

  if ((allowed & Permission.VIEW_CHANNEL) === 0n) return NO_PERMISSIONS;
  if (subject.timedOut) return Permission.VIEW_CHANNEL;
  if ((allowed & Permission.CONNECT) === 0n) allowed &= ~VOICE_BITS;
  // A channel override cannot hand out the whole server.
  return allowed & ~Permission.ADMINISTRATOR;
}

/**
 * What whoever takes part may do in a direct conversation; nobody is above another there.
 * @param silenced one of the two blocked the other, or is gone: it can be read, and no more
 */
export function directPermissions({ silenced }: { silenced: boolean }): Permissions {
  return silenced ? Permission.VIEW_CHANNEL : DIRECT_BITS;
}

const DIRECT_BITS: Permissions =
  Permission.VIEW_CHANNEL |
  Permission.SEND_MESSAGES |
  Permission.ATTACH_FILES |
  Permission.EMBED_LINKS |
  Permission.ADD_REACTIONS |
  Permission.PIN_MESSAGES |
  Permission.CONNECT |
  Permission.SPEAK |
  Permission.STREAM;

/** Whoever began a thread may name, slow and archive it, as those may who manage the channel. */
export function canTendThread(
  thread: { ownerId?: string | undefined },
  userId: string,
  permissions: Permissions,
): boolean {
  const isOwn = thread.ownerId === userId && (permissions & Permission.SEND_MESSAGES) !== 0n;
  return isOwn || (permissions & Permission.MANAGE_CHANNELS) !== 0n;
}

function grantedByRoles(context: PermissionContext, subject: Subject): Permissions {
  if (subject.userId === context.ownerId) return ALL_PERMISSIONS;
  let granted = NO_PERMISSIONS;
  for (const role of context.roles) {
    if (role.id === context.serverId || subject.roleIds.has(role.id)) granted |= role.permissions;
  }
  return (granted & Permission.ADMINISTRATOR) === 0n ? granted : ALL_PERMISSIONS;
}
