import type { Snowflake } from '@harmonium/api/ids';
import { eq } from 'drizzle-orm';
import { serverAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import { ABANDONED, sweepAbandoned } from '../channels/sweep-abandoned.ts';
import { channels, emojis, members, servers } from '../db/schema.ts';
import { dropImage } from '../images/image-store.ts';
import { Problem } from '../problem.ts';
import { refreshCalls } from '../tickets/refresh-calls.ts';

/** Users told at once that a server is gone: a large one must not fill the queue of announcements. */
const TOLD_AT_ONCE = 500;

/**
 * Deletes a server with all that is in it; its owner alone may. Its rooms and calls close for everyone. What
 * was said is taken out of it in one step, and swept away after.
 */
export async function deleteServer(
  core: Core,
  userId: Snowflake,
  serverId: Snowflake,
): Promise<void> {
  const { server } = await serverAccess(core, userId, serverId);
  if (server.ownerId !== userId) throw new Problem('forbidden');
  const { left, rooms, pictures } = await core.database.db.transaction(async (tx) => {
    const own = eq(servers.id, serverId);
    const [row] = await tx.select().from(servers).where(own).for('update');
    if (row === undefined) throw new Problem('not_found');
    // Somebody else may have become the owner since we looked.
    if (row.ownerId !== userId) throw new Problem('forbidden');
    const people = await tx
      .select({ userId: members.userId })
      .from(members)
      .where(eq(members.serverId, serverId));
    const taken = await tx
      .update(channels)
      .set(ABANDONED)
      .where(eq(channels.serverId, serverId))
      .returning({ id: channels.id });
    const made = await tx
      .select({ image: emojis.image })
      .from(emojis)
      .where(eq(emojis.serverId, serverId));
    await tx.delete(servers).where(own);
    const shown = [row.icon, ...made.map(({ image }) => image)];
    return { left: people, rooms: taken, pictures: shown };
  });

  const told = core.announce('server', serverId, [{ type: 'room.removed' }]);
  for (const { id } of rooms) void core.announce('main', id, [{ type: 'room.removed' }], told);
  refreshCalls(core, { serverId });
  core.background(tellMembers(core, serverId, left));
  core.background(dropPictures(core, pictures));
  core.background(sweepAbandoned(core));
}

async function dropPictures(core: Core, addresses: readonly (string | null)[]): Promise<void> {
  for (const address of addresses) await dropImage(core, address);
}

async function tellMembers(core: Core, serverId: Snowflake, left: { userId: Snowflake }[]) {
  for (let at = 0; at < left.length; at += TOLD_AT_ONCE) {
    const told = left
      .slice(at, at + TOLD_AT_ONCE)
      .map(({ userId }) => core.announce('user', userId, [{ type: 'server.left', serverId }]));
    await Promise.all(told);
  }
}
