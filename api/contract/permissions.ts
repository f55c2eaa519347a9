import { z } from 'zod';

/** The bits a role can carry. Stable for ever: they are stored and sent as numbers. */
export const Permission = {
  ADMINISTRATOR: 1n << 0n,
  MANAGE_SERVER: 1n << 1n,
  MANAGE_CHANNELS: 1n << 2n,
  MANAGE_ROLES: 1n << 3n,
  MANAGE_MESSAGES: 1n << 4n,
  SEND_MESSAGES: 1n << 5n,
  VIEW_CHANNEL: 1n << 6n,
  CONNECT: 1n << 7n,
  SPEAK: 1n << 8n,
  CREATE_INVITE: 1n << 9n,
  KICK_MEMBERS: 1n << 10n,
  BAN_MEMBERS: 1n << 11n,
  ATTACH_FILES: 1n << 12n,
  MENTION_EVERYONE: 1n << 13n,
  STREAM: 1n << 14n,
  PIN_MESSAGES: 1n << 15n,
  ADD_REACTIONS: 1n << 16n,
  MUTE_MEMBERS: 1n << 17n,
  DEAFEN_MEMBERS: 1n << 18n,
  MOVE_MEMBERS: 1n << 19n,
  TIMEOUT_MEMBERS: 1n << 20n,
  VIEW_AUDIT_LOG: 1n << 21n,
  MANAGE_WEBHOOKS: 1n << 22n,
  MANAGE_EMOJI: 1n << 23n,
  CREATE_THREADS: 1n << 24n,
  EMBED_LINKS: 1n << 25n,
} as const;
export type PermissionName = keyof typeof Permission;

/** A set of permission bits. */
export type Permissions = bigint;

export const NO_PERMISSIONS: Permissions = 0n;
export const ALL_PERMISSIONS: Permissions = (1n << 26n) - 1n;

/** What @everyone may do in a new server. */
export const DEFAULT_EVERYONE: Permissions =
  Permission.VIEW_CHANNEL |
  Permission.SEND_MESSAGES |
  Permission.CONNECT |
  Permission.SPEAK |
  Permission.STREAM |
  Permission.CREATE_INVITE |
  Permission.ATTACH_FILES |
  Permission.ADD_REACTIONS |
  Permission.CREATE_THREADS |
  Permission.EMBED_LINKS;

const VOICE_BITS: Permissions =
  Permission.SPEAK |
  Permission.STREAM |
  Permission.MUTE_MEMBERS |
  Permission.DEAFEN_MEMBERS |
  Permission.MOVE_MEMBERS;

/** A permission set on the wire: a decimal string of known bits. */
export const PermissionSet = z
  .string()
  .regex(/^(0|[1-9]\d{0,18})$/)
  .refine((text) => (BigInt(text) & ~ALL_PERMISSIONS) === 0n);
export type PermissionSet = z.infer<typeof PermissionSet>;

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

/** True when `held` contains every bit of `needed`. */
export function hasPermission(held: Permissions, needed: Permissions): boolean {
  return (held & needed) === needed;
}

function grantedByRoles(context: PermissionContext, subject: Subject): Permissions {
  if (subject.userId === context.ownerId) return ALL_PERMISSIONS;
  let granted = NO_PERMISSIONS;
  for (const role of context.roles) {
    if (role.id === context.serverId || subject.roleIds.has(role.id)) granted |= role.permissions;
  }
  return (granted & Permission.ADMINISTRATOR) === 0n ? granted : ALL_PERMISSIONS;
}
