import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import type { EditServer, Server } from '@harmonium/api/server';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Core } from '../announce.ts';
import { servers } from '../db/schema.ts';
import { changedFields } from '../moderation/audit.ts';
import { administer } from './administer.ts';

export async function editServer(
  core: Core,
  userId: Snowflake,
  serverId: Snowflake,
  edit: z.output<typeof EditServer>,
): Promise<Server> {
  const needed = Permission.MANAGE_SERVER;
  return administer(core, { userId, serverId, needed }, async ({ tx, rev, log, access }) => {
    const before = access.server;
    const { name = before.name, theme = before.theme } = edit;
    const changed = changedFields(before, { name, theme });
    if (changed === undefined) return { answer: before };
    await tx.update(servers).set({ name, theme }).where(eq(servers.id, serverId));
    await log({ action: 'server.update', targetId: serverId, ...changed });
    const server: Server = { ...before, name, theme };
    return { answer: server, change: { type: 'server.updated', rev, server } };
  });
}
