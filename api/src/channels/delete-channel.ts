import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { eq } from 'drizzle-orm';
import { channelAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import { channels } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import { changeStructure } from '../servers/structure.ts';

/** Deletes a channel and what was said in it; its room closes for everyone. */
export async function deleteChannel(
  core: Core,
  userId: Snowflake,
  channelId: Snowflake,
): Promise<void> {
  const { channel } = await channelAccess(core, userId, channelId, Permission.MANAGE_CHANNELS);
  await changeStructure(core, channel.serverId, async (tx, rev) => {
    const [gone] = await tx.delete(channels).where(eq(channels.id, channelId)).returning();
    if (gone === undefined) throw new Problem('not_found');
    return { answer: undefined, change: { type: 'channel.removed', rev, channelId } };
  });
  void core.announce('main', channelId, [{ type: 'room.removed' }]);
}
