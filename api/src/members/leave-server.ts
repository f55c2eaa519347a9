import type { Snowflake } from '@harmonium/api/ids';
import { and, eq } from 'drizzle-orm';
import { serverAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import { channels, members } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import { endCalls } from '../tickets/end-calls.ts';

/** Leaves a server: live connections to it and to its channels close. */
export async function leaveServer(
  core: Core,
  userId: Snowflake,
  serverId: Snowflake,
): Promise<void> {
  const { server } = await serverAccess(core, userId, serverId);
  if (server.ownerId === userId) throw new Problem('owner_cannot_leave');
  const { db } = core.database;
  await db.delete(members).where(and(eq(members.serverId, serverId), eq(members.userId, userId)));
  const rooms = await db
    .select({ id: channels.id })
    .from(channels)
    .where(eq(channels.serverId, serverId));

  const revoke = { type: 'revoke', userId, reason: 'access_lost' } as const;
  const told = core.announce('server', serverId, [
    revoke,
    { type: 'member', change: { type: 'member.left', userId } },
  ]);
  // The server's room first: it hands out tickets to channels, and none may be younger than this.
  for (const { id } of rooms) void core.announce('main', id, [revoke], told);
  void core.announce('user', userId, [{ type: 'server.left', serverId }]);
  endCalls(core, { userId, serverId });
}
