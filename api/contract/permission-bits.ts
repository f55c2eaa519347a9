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

/** True when `held` contains every bit of `needed`. */
export function hasPermission(held: Permissions, needed: Permissions): boolean {
  return (held & needed) === needed;
}
