import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import type { Server } from '@harmonium/api/server';
import { eq } from 'drizzle-orm';
import { serverAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import { servers } from '../db/schema.ts';
import { serverOf } from './server-of.ts';
import { changeStructure } from './structure.ts';

export async function editServer(
  core: Core,
  userId: Snowflake,
  serverId: Snowflake,
  { name }: { name?: string },
): Promise<Server> {
  const access = await serverAccess(core, userId, serverId, Permission.MANAGE_SERVER);
  if (name === undefined || name === access.server.name) return access.server;
  return changeStructure(core, serverId, async (tx, rev) => {
    await tx.update(servers).set({ name }).where(eq(servers.id, serverId));
    const server = serverOf({ ...access.server, name });
    return { answer: server, change: { type: 'server.updated', rev, server } };
  });
}
