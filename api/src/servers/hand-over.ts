import type { Snowflake } from '@harmonium/api/ids';
import { NO_PERMISSIONS } from '@harmonium/api/permissions';
import type { Server } from '@harmonium/api/server';
import { eq } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import { servers } from '../db/schema.ts';
import { memberIn } from '../members/member-below.ts';
import { Problem } from '../problem.ts';
import { administer } from './administer.ts';
import { tellAccess } from './tell-access.ts';

/** Makes another member the owner; the one before keeps the roles they hold. */
export async function handOver(
  core: Core,
  userId: Snowflake,
  serverId: Snowflake,
  ownerId: Snowflake,
): Promise<Server> {
  const needed = NO_PERMISSIONS;
  return administer(core, { userId, serverId, needed }, async ({ tx, rev, log, access }) => {
    const before = access.server;
    if (before.ownerId !== userId) throw new Problem('forbidden');
    await memberIn(tx, serverId, ownerId);
    if (ownerId === userId) return { answer: before };
    await tx.update(servers).set({ ownerId }).where(eq(servers.id, serverId));
    const change = { before: { ownerId: userId }, after: { ownerId } };
    await log({ action: 'server.owner', targetId: ownerId, ...change });
    const server = { ...before, ownerId };
    return {
      answer: server,
      change: { type: 'server.updated', rev, server },
      afterwards: tellAccess(core, { userIds: [userId, ownerId] }),
    };
  });
}
