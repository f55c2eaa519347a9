import type { Snowflake } from '@harmonium/api/ids';
import { and, eq } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import { channels, participants, relationships } from '../db/schema.ts';
import { takeFromGroup } from './group.ts';

/**
 * Somebody deletes their account: they leave their groups, and whoever had to do with them is told.
 * Conversations of two stay to be read by the other.
 */
export async function leaveConversations(core: Core, userId: Snowflake): Promise<void> {
  const { db } = core.database;
  const groups = await db
    .select({ id: channels.id })
    .from(participants)
    .innerJoin(channels, eq(channels.id, participants.channelId))
    .where(and(eq(participants.userId, userId), eq(channels.type, 'group')));
  for (const { id } of groups) await takeFromGroup(core, { userId, channelId: id }, userId);
  const sides = await db
    .delete(relationships)
    .where(eq(relationships.otherId, userId))
    .returning({ userId: relationships.userId });
  for (const side of sides) {
    void core.announce('user', side.userId, [{ type: 'relationship.removed', userId }]);
  }
}
