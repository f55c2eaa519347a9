import { MAX_CHANNELS } from '@harmonium/api/channel';
import type { Channel, ChannelOverride, CreateChannel } from '@harmonium/api/channel';
import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { and, count, eq, isNull, max } from 'drizzle-orm';
import type { z } from 'zod';
import type { ServerAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import { categories, channels, overrides } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import { ranksOf } from '../roles/ranking.ts';
import { administer } from '../servers/administer.ts';
import type { Transaction } from '../servers/structure.ts';
import { channelOf } from './channel-of.ts';
import { requireOverridable } from './require-overridable.ts';

/** A channel at the end of its server's list. */
export async function createChannel(
  core: Core,
  userId: Snowflake,
  serverId: Snowflake,
  wanted: z.output<typeof CreateChannel>,
): Promise<Channel> {
  const { name, type, categoryId = null, topic = '', slowmode = 0, overrides: list = [] } = wanted;
  const byRoles = list.length === 0 ? 0n : Permission.MANAGE_ROLES;
  const needed = Permission.MANAGE_CHANNELS | byRoles;
  return administer(core, { userId, serverId, needed }, async ({ tx, rev, log, access }) => {
    if (categoryId !== null) await requireCategory(tx, serverId, categoryId);
    const row = {
      id: core.ids.next(),
      serverId,
      categoryId,
      type,
      name,
      topic,
      slowmode,
      position: await nextPosition(tx, serverId),
      parentId: null,
      starterId: null,
      ownerId: null,
      archivedAt: null,
      createdAt: new Date(core.now()),
    };
    await tx.insert(channels).values(row);
    await storeOverrides(tx, access, row.id, list);
    const channel = channelOf(row, list);
    await log({
      action: 'channel.create',
      targetId: row.id,
      channel,
      after: { name, type, topic, slowmode, categoryId },
    });
    return { answer: channel, change: { type: 'channel.created', rev, channel } };
  });
}

async function storeOverrides(
  tx: Transaction,
  access: ServerAccess,
  channelId: Snowflake,
  list: readonly ChannelOverride[],
): Promise<void> {
  if (list.length === 0) return;
  const ranks = await ranksOf(tx, access);
  const rows = [];
  for (const { kind, targetId, ...sets } of list) {
    await requireOverridable(tx, ranks, { kind, targetId });
    const [allow, deny] = [BigInt(sets.allow), BigInt(sets.deny)];
    if (((allow | deny) & ~access.permissions) !== 0n) throw new Problem('forbidden');
    rows.push({ channelId, kind, targetId, allow, deny });
  }
  await tx.insert(overrides).values(rows);
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
    .where(and(eq(channels.serverId, serverId), isNull(channels.parentId)));
  if ((held?.channels ?? 0) >= MAX_CHANNELS) throw new Problem('limit_reached');
  return (held?.last ?? -1) + 1;
}
