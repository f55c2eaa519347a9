import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { eq } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import { channels } from '../db/schema.ts';
import { administerChannel } from '../servers/administer.ts';
import { refreshCalls } from '../tickets/refresh-calls.ts';
import { ABANDONED, sweepAbandoned } from './sweep-abandoned.ts';

/** Deletes a channel and what was said in it; its room closes for everyone, and its call. */
export async function deleteChannel(
  core: Core,
  userId: Snowflake,
  channelId: Snowflake,
): Promise<void> {
  const needed = Permission.MANAGE_CHANNELS;
  await administerChannel(core, { userId, channelId, needed }, async (desk) => {
    const { name, type, topic } = desk.access.channel;
    await desk.tx.update(channels).set(ABANDONED).where(eq(channels.id, channelId));
    await desk.log({
      action: 'channel.delete',
      targetId: channelId,
      before: { name, type, topic },
    });
    return {
      answer: undefined,
      change: { type: 'channel.removed', rev: desk.rev, channelId },
      afterwards: (told, { server }) => {
        void core.announce('main', channelId, [{ type: 'room.removed' }], told);
        refreshCalls(core, { serverId: server.id, channelId });
      },
    };
  });
  core.background(sweepAbandoned(core));
}
