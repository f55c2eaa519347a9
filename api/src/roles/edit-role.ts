import { canChangeBits } from '@harmonium/api/hierarchy';
import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import type { EditRole, Role } from '@harmonium/api/role';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { tellAccess } from '../servers/tell-access.ts';
import type { Core } from '../announce.ts';
import { roles } from '../db/schema.ts';
import { changedFields } from '../moderation/audit.ts';
import { Problem } from '../problem.ts';
import { administer } from '../servers/administer.ts';
import { managedRole } from './managed-role.ts';
import { ranksOf } from './ranking.ts';
import { roleOf } from './role-of.ts';

/** @everyone keeps its name; of every role only bits that the caller holds are given or taken. */
export async function editRole(
  core: Core,
  userId: Snowflake,
  { serverId, roleId }: { serverId: Snowflake; roleId: Snowflake },
  edit: z.output<typeof EditRole>,
): Promise<Role> {
  const needed = Permission.MANAGE_ROLES;
  return administer(core, { userId, serverId, needed }, async ({ tx, rev, log, access }) => {
    const row = managedRole(await ranksOf(tx, access), roleId);
    const before = roleOf(row);
    const role: Role = { ...before, ...definedOf(edit) };
    if (roleId === serverId && (role.name !== before.name || role.hoist)) {
      throw new Problem('bad_request', { message: '@everyone is neither renamed nor hoisted.' });
    }
    const permissions = BigInt(role.permissions);
    if (!canChangeBits(access.permissions, row.permissions, permissions)) {
      throw new Problem('forbidden');
    }
    const { name, color, hoist, mentionable } = role;
    const fields = { name, color, permissions: role.permissions, hoist, mentionable };
    const changed = changedFields(before, fields);
    if (changed === undefined) return { answer: role };
    await tx
      .update(roles)
      .set({ name, color, permissions, hoist, mentionable })
      .where(eq(roles.id, roleId));
    await log({ action: 'role.update', targetId: roleId, ...changed });
    const reaches = permissions !== row.permissions;
    return {
      answer: role,
      change: { type: 'role.updated', rev, role },
      afterwards: reaches ? tellAccess(core) : undefined,
    };
  });
}

function definedOf<T extends object>(fields: T): Partial<{ [K in keyof T]: NonNullable<T[K]> }> {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Partial<{ [K in keyof T]: NonNullable<T[K]> }>;
}
