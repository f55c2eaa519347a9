import type { Channel } from '@harmonium/api/channel';
import { Permission, hasPermission } from '@harmonium/api/permissions';
import { eq } from 'drizzle-orm';
import { permissionsIn } from '../access.ts';
import { roles } from '../db/schema.ts';
import type { Transaction } from '../servers/structure.ts';

/** True for a channel that somebody who holds no role does not see. */
export async function isHidden(tx: Transaction, channel: Channel): Promise<boolean> {
  const { serverId } = channel;
  const everyone = await tx
    .select({ id: roles.id, permissions: roles.permissions })
    .from(roles)
    .where(eq(roles.id, serverId));
  const nobody = { userId: '', roleIds: new Set<string>(), timedOut: false };
  const context = { serverId, ownerId: 'somebody else', roles: everyone };
  return !hasPermission(permissionsIn(channel, context, nobody), Permission.VIEW_CHANNEL);
}
