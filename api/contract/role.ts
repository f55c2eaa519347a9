import { z } from 'zod';
import { nameText } from './name-text.ts';
import { Snowflake } from './ids.ts';
import { PermissionSet } from './permissions.ts';
import { Placement, placements } from './placement.ts';

/** Of one server, @everyone among them. */
export const MAX_ROLES = 250;

export const RoleName = nameText(100);
/** 0xRRGGBB, or null: the name keeps the text colour. */
const RoleColor = z.number().int().min(0).max(0xffffff).nullable();

/** A role; the one that everybody holds (@everyone) has the server's own id and position 0. */
export const Role = z.object({
  id: Snowflake,
  serverId: Snowflake,
  name: z.string(),
  color: RoleColor,
  permissions: PermissionSet,
  /** Higher acts on lower. */
  position: z.number().int(),
  /** Shown as a group of its own in the member list. */
  hoist: z.boolean(),
  mentionable: z.boolean(),
});
export type Role = z.infer<typeof Role>;

export const CreateRole = z.object({
  name: RoleName,
  color: RoleColor.optional(),
  /** Absent: none beyond those of @everyone. */
  permissions: PermissionSet.optional(),
  hoist: z.boolean().optional(),
  mentionable: z.boolean().optional(),
});
export type CreateRole = z.input<typeof CreateRole>;

export const EditRole = CreateRole.partial();
export type EditRole = z.input<typeof EditRole>;

export const PlaceRoles = placements(Placement, MAX_ROLES);
