import type { Permissions } from '@harmonium/api/permissions';
import type { EditRole, Role } from '@harmonium/api/role';

/** What is changed and not saved; the rest follows the role, whoever changes it meanwhile. */
export interface RoleDraft {
  name?: string;
  color?: number | null;
  hoist?: boolean;
  mentionable?: boolean;
  given: Permissions;
  taken: Permissions;
}

export const NO_DRAFT: RoleDraft = { given: 0n, taken: 0n };

/** The role as it would be. */
export function drafted(role: Role, draft: RoleDraft) {
  const { name, color, hoist, mentionable } = { ...role, ...draft };
  const permissions = (BigInt(role.permissions) | draft.given) & ~draft.taken;
  return { name, color, hoist, mentionable, permissions };
}

/** A permission given or taken; back where it was, it is no change. */
export function withBit(role: Role, draft: RoleDraft, bit: Permissions, on: boolean): RoleDraft {
  const isSaved = (BigInt(role.permissions) & bit) !== 0n;
  const given = draft.given & ~bit;
  const taken = draft.taken & ~bit;
  if (on === isSaved) return { ...draft, given, taken };
  return on ? { ...draft, given: given | bit, taken } : { ...draft, given, taken: taken | bit };
}

/** What has to be sent; undefined: nothing is changed. */
export function changesOf(role: Role, draft: RoleDraft): EditRole | undefined {
  const next = drafted(role, draft);
  const edit: EditRole = {
    ...(next.name === role.name ? {} : { name: next.name }),
    ...(next.color === role.color ? {} : { color: next.color }),
    ...(next.hoist === role.hoist ? {} : { hoist: next.hoist }),
    ...(next.mentionable === role.mentionable ? {} : { mentionable: next.mentionable }),
    ...(next.permissions === BigInt(role.permissions)
      ? {}
      : { permissions: next.permissions.toString() }),
  };
  return Object.keys(edit).length === 0 ? undefined : edit;
}
