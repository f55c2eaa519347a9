import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { eq, or } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import { channels } from '../db/schema.ts';
import { administerChannel } from '../servers/administer.ts';
import { refreshCalls } from '../tickets/refresh-calls.ts';
import { ABANDONED, sweepAbandoned } from './sweep-abandoned.ts';

/** Rooms told at once: a channel may have had thousands of threads. */
const TOLD_AT_ONCE = 500;

/** Deletes a channel, its threads and what was said there; their rooms close for everyone, and its call. */
export async function deleteChannel(
  core: Core,
  userId: Snowflake,
  channelId: Snowflake,
): Promise<void> {
  const needed = Permission.MANAGE_CHANNELS;
  await administerChannel(core, { userId, channelId, needed }, async (desk) => {
    const { name, type, topic } = desk.access.channel;
    const gone = await desk.tx
      .update(channels)
      .set(ABANDONED)
      .where(or(eq(channels.id, channelId), eq(channels.parentId, channelId)))
      .returning({ id: channels.id });
    await desk.log({
      action: type === 'thread' ? 'thread.delete' : 'channel.delete',
      targetId: channelId,
      before: { name, type, topic },
    });
    return {
      answer: undefined,
      change: { type: 'channel.removed', rev: desk.rev, channelId },
      afterwards: (told, { server }) => {
        core.background(tellRooms(core, gone, told));
        refreshCalls(core, { serverId: server.id, channelId });
      },
    };
  });
  core.background(sweepAbandoned(core));
}

async function tellRooms(core: Core, rooms: readonly { id: Snowflake }[], told: Promise<void>) {
  for (let at = 0; at < rooms.length; at += TOLD_AT_ONCE) {
    const telling = rooms
      .slice(at, at + TOLD_AT_ONCE)
      .map(({ id }) => core.announce('main', id, [{ type: 'room.removed' }], told));
    await Promise.all(telling);
  }
}
