import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import type { Server } from '@harmonium/api/server';
import { eq } from 'drizzle-orm';
import { serverAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import { servers } from '../db/schema.ts';
import { administer } from '../servers/administer.ts';
import { dropImage, keepImage } from './image-store.ts';

/** @param bytes undefined: the icon is removed */
export async function setIcon(
  core: Core,
  userId: Snowflake,
  serverId: Snowflake,
  bytes?: Uint8Array<ArrayBuffer>,
): Promise<Server> {
  const needed = Permission.MANAGE_SERVER;
  // Before anything is made of the picture.
  await serverAccess(core, userId, serverId, needed);
  const icon = bytes === undefined ? null : await keepImage(core, 'icons', serverId, bytes);
  return administer(core, { userId, serverId, needed }, async ({ tx, rev, log, access }) => {
    const before = access.server;
    if (icon === before.icon) return { answer: before };
    await tx.update(servers).set({ icon }).where(eq(servers.id, serverId));
    const change = { before: { icon: before.icon }, after: { icon } };
    await log({ action: 'server.icon', targetId: serverId, ...change });
    const server = { ...before, icon };
    return {
      answer: server,
      change: { type: 'server.updated', rev, server },
      afterwards: () => core.background(dropImage(core, before.icon)),
    };
  });
}
