import type { Snowflake } from '@harmonium/api/ids';
import { MAX_SERVERS_PER_USER } from '@harmonium/api/server';
import { and, count, eq, sql } from 'drizzle-orm';
import { bans, members, users } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import type { Transaction } from '../servers/structure.ts';

/**
 * Makes the user a member; false when they are one already. Refuses the banned, and those who are
 * in too many servers. The lock on the user's row makes two joins at once count each other.
 */
export async function joinServer(
  tx: Transaction,
  join: { serverId: Snowflake; userId: Snowflake; joinedAt: Date },
): Promise<boolean> {
  const { serverId, userId } = join;
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('no key update');
  const [banned] = await tx
    .select({ found: sql`1` })
    .from(bans)
    .where(and(eq(bans.serverId, serverId), eq(bans.userId, userId)));
  if (banned !== undefined) throw new Problem('banned');

  const [joined] = await tx.insert(members).values(join).onConflictDoNothing().returning();
  if (joined === undefined) return false;
  const [held] = await tx
    .select({ servers: count() })
    .from(members)
    .where(eq(members.userId, userId));
  if ((held?.servers ?? 0) > MAX_SERVERS_PER_USER) throw new Problem('limit_reached');
  return true;
}
