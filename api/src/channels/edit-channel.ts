import type { Channel, EditChannel } from '@harmonium/api/channel';
import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { channelAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import { channels } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import { changeStructure } from '../servers/structure.ts';
import { channelOf, overridesColumn } from './channel-of.ts';

export async function editChannel(
  core: Core,
  userId: Snowflake,
  channelId: Snowflake,
  edit: z.output<typeof EditChannel>,
): Promise<Channel> {
  const before = (await channelAccess(core, userId, channelId, Permission.MANAGE_CHANNELS)).channel;
  const { name, topic, slowmode } = { ...before, ...edit };
  if (name === before.name && topic === before.topic && slowmode === before.slowmode) return before;

  const channel = await changeStructure(core, before.serverId, async (tx, rev) => {
    await tx.update(channels).set({ name, topic, slowmode }).where(eq(channels.id, channelId));
    const [row] = await tx
      .select({ channel: channels, overrides: overridesColumn })
      .from(channels)
      .where(eq(channels.id, channelId));
    if (row === undefined) throw new Problem('not_found');
    const edited = channelOf(row.channel, row.overrides);
    return { answer: edited, change: { type: 'channel.updated', rev, channel: edited } };
  });
  if (channel.slowmode !== before.slowmode) {
    void core.announce('main', channelId, [
      { type: 'channel.updated', slowmode: channel.slowmode },
    ]);
  }
  return channel;
}
