import type { Snowflake } from '@harmonium/api/ids';
import { and, eq } from 'drizzle-orm';
import { directAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import { participants } from '../db/schema.ts';
import type { Transaction } from '../servers/structure.ts';

/** Puts a conversation out of the user's list until somebody writes in it. */
export async function closeDirect(
  core: Core,
  userId: Snowflake,
  channelId: Snowflake,
): Promise<void> {
  await directAccess(core, userId, channelId);
  await core.database.db
    .update(participants)
    .set({ closed: true })
    .where(and(eq(participants.channelId, channelId), eq(participants.userId, userId)));
  void core.announce('user', userId, [{ type: 'direct.closed', channelId }]);
}

/** Somebody wrote: it is in everyone's list again. */
export async function reopenDirect(tx: Transaction, channelId: Snowflake): Promise<void> {
  await tx
    .update(participants)
    .set({ closed: false })
    .where(and(eq(participants.channelId, channelId), eq(participants.closed, true)));
}
