import type { Snowflake } from '@harmonium/api/ids';
import type { Server } from '@harmonium/api/server';
import { eq, sql } from 'drizzle-orm';
import { serverAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import { invites } from '../db/schema.ts';
import { joinServer } from '../members/join-server.ts';
import { Problem } from '../problem.ts';
import { isUsable } from './invite-of.ts';

/**
 * Joins by an invite. Who is a member already uses nothing up. Counting and checking the bound is
 * one UPDATE, so that no more can join than the invite allows however many try at once.
 */
export async function acceptInvite(core: Core, userId: Snowflake, code: string): Promise<Server> {
  const joinedAt = new Date(core.now());
  const { serverId, joined } = await core.database.db.transaction(async (tx) => {
    const [invite] = await tx
      .select({ serverId: invites.serverId })
      .from(invites)
      .where(eq(invites.code, code));
    if (invite === undefined) throw new Problem('invite_not_found');
    const isNew = await joinServer(tx, { serverId: invite.serverId, userId, joinedAt });
    if (isNew) {
      const [used] = await tx
        .update(invites)
        .set({ uses: sql`${invites.uses} + 1` })
        .where(isUsable(code, core.now()))
        .returning({ uses: invites.uses });
      if (used === undefined) throw new Problem('invite_not_found');
    }
    return { serverId: invite.serverId, joined: isNew };
  });

  const { server, me } = await serverAccess(core, userId, serverId);
  if (joined) {
    void core.announce('server', serverId, [
      { type: 'member', change: { type: 'member.joined', member: me } },
    ]);
    void core.announce('user', userId, [{ type: 'server.joined', server }]);
  }
  return server;
}
