import { Permission } from './permission-bits.ts';
import type { PermissionName, Permissions } from './permission-bits.ts';
import { VOICE_BITS } from './permissions.ts';
import type { Override, PermissionContext, Subject } from './permissions.ts';

/** What decided about one permission of one member in one channel. */
export type PermissionRule =
  /** The owner may everything. */
  | { by: 'owner' }
  /** A role with ADMINISTRATOR (@everyone's has the server's id). */
  | { by: 'administrator'; roleId: string }
  /** The first of the roles held that grants it; no override says anything. */
  | { by: 'role'; roleId: string }
  /** No role grants it, and no override says anything. */
  | { by: 'nothing' }
  /** The last override that says something: `everyone`, then roles, then the member. */
  | { by: 'override'; of: 'everyone' | 'role' | 'member'; targetId: string }
  /** It would be granted, were the channel to be seen. */
  | { by: 'no_view' }
  /** It would be granted, were joining the call. */
  | { by: 'no_connect' }
  /** It would be granted, were there no timeout. */
  | { by: 'timeout' }
  /** An override cannot hand out the whole server. */
  | { by: 'server_only' };

export interface Explanation {
  name: PermissionName;
  granted: boolean;
  rule: PermissionRule;
}

/**
 * For each permission whether a member has it in a channel, and which rule decided so. Agrees with
 * `channelPermissions` in every case; in the order of the bits.
 */
export function explainPermissions(
  context: PermissionContext,
  subject: Subject,
  overrides: readonly Override[],
): Explanation[] {
  const names = Object.keys(Permission) as PermissionName[]; // It has no other keys.
  const all = allOf(context, subject);
  if (all !== undefined) return names.map((name) => ({ name, granted: true, rule: all }));
  const views = decided(context, subject, overrides, Permission.VIEW_CHANNEL).granted;
  const connects = decided(context, subject, overrides, Permission.CONNECT).granted;
  return names.map((name) => {
    const own = decided(context, subject, overrides, Permission[name]);
    const limit = limitOf(Permission[name], { views, connects, timedOut: subject.timedOut });
    if (!own.granted || limit === undefined) return { name, granted: own.granted, rule: own.rule };
    return { name, granted: false, rule: limit };
  });
}

function allOf(context: PermissionContext, subject: Subject): PermissionRule | undefined {
  if (subject.userId === context.ownerId) return { by: 'owner' };
  const roleId = granting(context, subject, Permission.ADMINISTRATOR);
  return roleId === undefined ? undefined : { by: 'administrator', roleId };
}

type Decision = Omit<Explanation, 'name'>;

/** By roles and overrides alone: the last that says something holds. */
function decided(
  context: PermissionContext,
  subject: Subject,
  overrides: readonly Override[],
  bit: Permissions,
): Decision {
  const roleId = granting(context, subject, bit);
  const base: Decision =
    roleId === undefined
      ? { granted: false, rule: { by: 'nothing' } }
      : { granted: true, rule: { by: 'role', roleId } };
  const isOverEveryone = ({ kind, targetId }: Override) =>
    kind === 'role' && targetId === context.serverId;
  const isOverRole = ({ kind, targetId }: Override) =>
    kind === 'role' && targetId !== context.serverId && subject.roleIds.has(targetId);
  const isOverMember = ({ kind, targetId }: Override) =>
    kind === 'member' && targetId === subject.userId;
  return (
    said(overrides.filter(isOverMember), 'member', bit) ??
    said(overrides.filter(isOverRole), 'role', bit) ??
    said(overrides.filter(isOverEveryone), 'everyone', bit) ??
    base
  );
}

/** Of several roles one that allows wins over any that deny. */
function said(
  layer: readonly Override[],
  of: 'everyone' | 'role' | 'member',
  bit: Permissions,
): Decision | undefined {
  const allowing = layer.find(({ allow }) => (allow & bit) !== 0n);
  const deciding = allowing ?? layer.find(({ deny }) => (deny & bit) !== 0n);
  if (deciding === undefined) return undefined;
  const rule = { by: 'override', of, targetId: deciding.targetId } as const;
  return { granted: allowing !== undefined, rule };
}

/** @everyone is named before others: what all may, no role is the reason for. */
function granting(
  { serverId, roles }: PermissionContext,
  { roleIds }: Subject,
  bit: Permissions,
): string | undefined {
  const grants = roles.filter(
    ({ id, permissions }) => (id === serverId || roleIds.has(id)) && (permissions & bit) !== 0n,
  );
  return (grants.find(({ id }) => id === serverId) ?? grants[0])?.id;
}

/** What takes away a bit that roles and overrides grant. */
function limitOf(
  bit: Permissions,
  { views, connects, timedOut }: { views: boolean; connects: boolean; timedOut: boolean },
): PermissionRule | undefined {
  if (!views) return { by: 'no_view' };
  if (bit === Permission.VIEW_CHANNEL) return undefined;
  if (timedOut) return { by: 'timeout' };
  if (!connects && (bit & VOICE_BITS) !== 0n) return { by: 'no_connect' };
  return bit === Permission.ADMINISTRATOR ? { by: 'server_only' } : undefined;
}
