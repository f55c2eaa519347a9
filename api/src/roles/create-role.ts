import { canChangeBits, highestPosition } from '@harmonium/api/hierarchy';
import type { Snowflake } from '@harmonium/api/ids';
import { NO_PERMISSIONS, Permission } from '@harmonium/api/permissions';
import { MAX_ROLES } from '@harmonium/api/role';
import type { CreateRole, Role } from '@harmonium/api/role';
import { and, eq, gt, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Core } from '../announce.ts';
import { roles } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import { administer } from '../servers/administer.ts';
import { ranksOf } from './ranking.ts';
import { roleOf } from './role-of.ts';

/** A role just above @everyone; the others move up by one. */
export async function createRole(
  core: Core,
  userId: Snowflake,
  serverId: Snowflake,
  wanted: z.output<typeof CreateRole>,
): Promise<Role> {
  const needed = Permission.MANAGE_ROLES;
  return administer(core, { userId, serverId, needed }, async ({ tx, rev, log, access }) => {
    const ranks = await ranksOf(tx, access);
    if (ranks.roles.length >= MAX_ROLES) throw new Problem('limit_reached');
    const permissions = BigInt(wanted.permissions ?? 0);
    // Whoever stands on @everyone alone would make a role above themselves.
    const isBelow = highestPosition(ranks, ranks.caller) > 0;
    if (!isBelow || !canChangeBits(access.permissions, NO_PERMISSIONS, permissions)) {
      throw new Problem('forbidden');
    }
    const row = {
      id: core.ids.next(),
      serverId,
      name: wanted.name,
      color: wanted.color ?? null,
      permissions,
      position: 1,
      hoist: wanted.hoist ?? false,
      mentionable: wanted.mentionable ?? false,
    };
    await tx
      .update(roles)
      .set({ position: sql`${roles.position} + 1` })
      .where(and(eq(roles.serverId, serverId), gt(roles.position, 0)));
    await tx.insert(roles).values(row);
    const role = roleOf(row);
    const { name, color, hoist, mentionable } = role;
    const after = { name, color, permissions: role.permissions, hoist, mentionable };
    await log({ action: 'role.create', targetId: role.id, after });
    return { answer: role, change: { type: 'role.created', rev, role } };
  });
}
