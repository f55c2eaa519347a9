import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { and, eq } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import { bans } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import { administer } from '../servers/administer.ts';

export async function liftBan(
  core: Core,
  callerId: Snowflake,
  { serverId, userId }: { serverId: Snowflake; userId: Snowflake },
): Promise<void> {
  const needed = Permission.BAN_MEMBERS;
  await administer(core, { userId: callerId, serverId, needed }, async ({ tx, log }) => {
    const [lifted] = await tx
      .delete(bans)
      .where(and(eq(bans.serverId, serverId), eq(bans.userId, userId)))
      .returning();
    if (lifted === undefined) throw new Problem('not_found');
    await log({ action: 'member.unban', targetId: userId });
    return { answer: undefined };
  });
}
