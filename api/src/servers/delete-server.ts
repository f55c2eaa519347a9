import type { Snowflake } from '@harmonium/api/ids';
import { eq } from 'drizzle-orm';
import { serverAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import { channels, servers } from '../db/schema.ts';
import { Problem } from '../problem.ts';

/** Deletes a server with all that is in it; its owner alone may. Its rooms close for everyone. */
export async function deleteServer(
  core: Core,
  userId: Snowflake,
  serverId: Snowflake,
): Promise<void> {
  const { server } = await serverAccess(core, userId, serverId);
  if (server.ownerId !== userId) throw new Problem('forbidden');
  const { db } = core.database;
  const rooms = await db
    .select({ id: channels.id })
    .from(channels)
    .where(eq(channels.serverId, serverId));
  await db.delete(servers).where(eq(servers.id, serverId));

  void core.announce('server', serverId, [{ type: 'room.removed' }]);
  for (const { id } of rooms) void core.announce('main', id, [{ type: 'room.removed' }]);
  void core.announce('user', userId, [{ type: 'server.left', serverId }]);
}
