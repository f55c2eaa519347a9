import { MAX_CHANNELS } from '@harmonium/api/channel';
import type { Channel, CreateChannel } from '@harmonium/api/channel';
import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { and, count, eq, max } from 'drizzle-orm';
import type { z } from 'zod';
import { serverAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import { categories, channels } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import { changeStructure } from '../servers/structure.ts';
import type { Transaction } from '../servers/structure.ts';
import { channelOf } from './channel-of.ts';

/** A channel at the end of its server's list. */
export async function createChannel(
  core: Core,
  userId: Snowflake,
  serverId: Snowflake,
  { name, type, categoryId, topic = '', slowmode = 0 }: z.output<typeof CreateChannel>,
): Promise<Channel> {
  await serverAccess(core, userId, serverId, Permission.MANAGE_CHANNELS);
  return changeStructure(core, serverId, async (tx, rev) => {
    if (categoryId !== undefined) await requireCategory(tx, serverId, categoryId);
    const row = {
      id: core.ids.next(),
      serverId,
      categoryId: categoryId ?? null,
      type,
      name,
      topic,
      slowmode,
      position: await nextPosition(tx, serverId),
      createdAt: new Date(core.now()),
    };
    await tx.insert(channels).values(row);
    const channel = channelOf(row, []);
    return { answer: channel, change: { type: 'channel.created', rev, channel } };
  });
}

async function requireCategory(
  tx: Transaction,
  serverId: Snowflake,
  categoryId: Snowflake,
): Promise<void> {
  const [category] = await tx
    .select({ id: categories.id })
    .from(categories)
    .where(and(eq(categories.id, categoryId), eq(categories.serverId, serverId)));
  if (category === undefined) throw new Problem('not_found');
}

async function nextPosition(tx: Transaction, serverId: Snowflake): Promise<number> {
  const [held] = await tx
    .select({ channels: count(), last: max(channels.position) })
    .from(channels)
    .where(eq(channels.serverId, serverId));
  if ((held?.channels ?? 0) >= MAX_CHANNELS) throw new Problem('limit_reached');
  return (held?.last ?? -1) + 1;
}
