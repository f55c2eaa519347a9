import type { Channel, EditChannel } from '@harmonium/api/channel';
import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Core } from '../announce.ts';
import { channels } from '../db/schema.ts';
import { changedFields } from '../moderation/audit.ts';
import { administerChannel } from '../servers/administer.ts';

export async function editChannel(
  core: Core,
  userId: Snowflake,
  channelId: Snowflake,
  edit: z.output<typeof EditChannel>,
): Promise<Channel> {
  const needed = Permission.MANAGE_CHANNELS;
  return administerChannel(core, { userId, channelId, needed }, async (desk) => {
    const { tx, rev } = desk;
    const before = desk.access.channel;
    const channel: Channel = { ...before, ...edit };
    const { name, topic, slowmode } = channel;
    const changed = changedFields(before, { name, topic, slowmode });
    if (changed === undefined) return { answer: before };
    await tx.update(channels).set({ name, topic, slowmode }).where(eq(channels.id, channelId));
    await desk.log({ action: 'channel.update', targetId: channelId, ...changed });
    const tellPace = (told: Promise<void>) => {
      void core.announce('main', channelId, [{ type: 'channel.updated', slowmode }], told);
    };
    return {
      answer: channel,
      change: { type: 'channel.updated', rev, channel },
      afterwards: slowmode === before.slowmode ? undefined : tellPace,
    };
  });
}
