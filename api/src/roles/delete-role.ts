import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { and, eq, gt, sql } from 'drizzle-orm';
import { tellAccess } from '../servers/tell-access.ts';
import type { Core } from '../announce.ts';
import { overrides, roles } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import { administer } from '../servers/administer.ts';
import { managedRole } from './managed-role.ts';
import { ranksOf } from './ranking.ts';
import { roleOf } from './role-of.ts';

/** Whoever held the role loses it, and channels forget what they allowed or denied it. */
export async function deleteRole(
  core: Core,
  userId: Snowflake,
  { serverId, roleId }: { serverId: Snowflake; roleId: Snowflake },
): Promise<void> {
  const needed = Permission.MANAGE_ROLES;
  await administer(core, { userId, serverId, needed }, async ({ tx, rev, log, access }) => {
    const row = managedRole(await ranksOf(tx, access), roleId);
    if (roleId === serverId) {
      throw new Problem('bad_request', { message: '@everyone is not deleted.' });
    }
    await tx
      .delete(overrides)
      .where(and(eq(overrides.kind, 'role'), eq(overrides.targetId, roleId)));
    await tx.delete(roles).where(eq(roles.id, roleId));
    await tx
      .update(roles)
      .set({ position: sql`${roles.position} - 1` })
      .where(and(eq(roles.serverId, serverId), gt(roles.position, row.position)));
    const { name, color, permissions, hoist, mentionable } = roleOf(row);
    const before = { name, color, permissions, hoist, mentionable };
    await log({ action: 'role.delete', targetId: roleId, before });
    return {
      answer: undefined,
      change: { type: 'role.removed', rev, roleId },
      afterwards: tellAccess(core),
    };
  });
}
