import type { Snowflake } from '@harmonium/api/ids';
import { eq, sql } from 'drizzle-orm';
import { serverAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import { invites } from '../db/schema.ts';
import { joinServer } from '../members/join-server.ts';
import { Problem } from '../problem.ts';
import type { Transaction } from '../servers/structure.ts';
import { isOpen, requireInviter } from './usable-invite.ts';

/** Where somebody came by an invite, and whether they were there already. */
export interface Arrival {
  serverId: Snowflake;
  isNew: boolean;
}

/**
 * Makes a user a member by an invite. Who is one already uses nothing up. Counting and checking the
 * bound is one UPDATE, so that no more can join than the invite allows however many try at once.
 */
export async function acceptIn(
  core: Pick<Core, 'now'>,
  tx: Transaction,
  userId: Snowflake,
  code: string,
): Promise<Arrival> {
  const [invite] = await tx.select().from(invites).where(eq(invites.code, code));
  if (invite === undefined) throw new Problem('invite_not_found');
  const { serverId } = invite;
  const isNew = await joinServer(tx, { serverId, userId, joinedAt: new Date(core.now()) });
  if (isNew) {
    await requireInviter(tx, core.now, invite);
    const [used] = await tx
      .update(invites)
      .set({ uses: sql`${invites.uses} + 1` })
      .where(isOpen(code, core.now()))
      .returning({ uses: invites.uses });
    if (used === undefined) throw new Problem('invite_not_found');
  }
  return { serverId, isNew };
}

/** Tells the server's room of a new member, and the member's devices of the server. */
export async function welcome(core: Core, userId: Snowflake, { serverId, isNew }: Arrival) {
  const { server, me } = await serverAccess(core, userId, serverId);
  if (isNew) {
    void core.announce('server', serverId, [
      { type: 'member', change: { type: 'member.joined', member: me } },
    ]);
    void core.announce('user', userId, [{ type: 'server.joined', server }]);
  }
  return server;
}
