import type { Channel, EditChannel } from '@harmonium/api/channel';
import type { Snowflake } from '@harmonium/api/ids';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Core } from '../announce.ts';
import { channels } from '../db/schema.ts';
import { changedFields } from '../moderation/audit.ts';
import { administerChannel } from '../servers/administer.ts';
import { canTend } from '../threads/can-tend.ts';

export async function editChannel(
  core: Core,
  userId: Snowflake,
  channelId: Snowflake,
  edit: Omit<z.output<typeof EditChannel>, 'archived'>,
): Promise<Channel> {
  return administerChannel(core, { userId, channelId, needed: canTend }, async (desk) => {
    const { tx, rev } = desk;
    const before = desk.access.channel;
    const channel: Channel = { ...before, ...edit };
    const { name, topic, slowmode } = channel;
    const changed = changedFields(before, { name, topic, slowmode });
    if (changed === undefined) return { answer: before };
    await tx.update(channels).set({ name, topic, slowmode }).where(eq(channels.id, channelId));
    const action = before.type === 'thread' ? 'thread.update' : 'channel.update';
    await desk.log({ action, targetId: channelId, ...changed });
    const tellPace = (told: Promise<void>) => {
      void core.announce('main', channelId, [{ type: 'channel.updated', slowmode }], told);
    };
    return {
      answer: channel,
      // An archived thread is none of the server's channels.
      change: before.archived ? undefined : { type: 'channel.updated', rev, channel },
      afterwards: slowmode === before.slowmode ? undefined : tellPace,
    };
  });
}
