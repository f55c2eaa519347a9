import { z } from 'zod';
import { Snowflake } from './ids.ts';
import { PermissionSet } from './permissions.ts';

/** A role; the one that everybody holds (@everyone) has the server's own id and position 0. */
export const Role = z.object({
  id: Snowflake,
  serverId: Snowflake,
  name: z.string(),
  /** 0xRRGGBB, or null: the name keeps the text colour. */
  color: z.number().int().min(0).max(0xffffff).nullable(),
  permissions: PermissionSet,
  /** Higher acts on lower. */
  position: z.number().int(),
  /** Shown as a group of its own in the member list. */
  hoist: z.boolean(),
  mentionable: z.boolean(),
});
export type Role = z.infer<typeof Role>;
