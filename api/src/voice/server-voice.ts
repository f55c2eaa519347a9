import type { Snowflake } from '@harmonium/api/ids';
import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { members } from '../db/schema.ts';
import type { Transaction } from '../servers/structure.ts';

/** What moderators made of these members, as tickets and calls carry it; nobody else is in it. */
export async function serverVoice(
  db: Database | Transaction,
  serverId: Snowflake,
  userIds: readonly Snowflake[],
): Promise<Map<string, { serverMuted: boolean; serverDeafened: boolean }>> {
  const rows = await db
    .select({
      userId: members.userId,
      serverMuted: members.serverMuted,
      serverDeafened: members.serverDeafened,
    })
    .from(members)
    .where(and(eq(members.serverId, serverId), inArray(members.userId, [...userIds])));
  return new Map(rows.map(({ userId, ...made }) => [userId, made]));
}
