import { MAX_OVERRIDES } from '@harmonium/api/channel';
import type { Channel, SetOverride } from '@harmonium/api/channel';
import { canChangeBits } from '@harmonium/api/hierarchy';
import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import type { z } from 'zod';
import type { Core } from '../announce.ts';
import { overrides } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import { ranksOf } from '../roles/ranking.ts';
import { administerChannel } from '../servers/administer.ts';
import { tellAccess } from '../servers/tell-access.ts';
import { requireOverridable, requireOwnRules } from './require-overridable.ts';

/** Allows or denies a role or member something in a channel: only bits that the caller holds there. */
export async function setOverride(
  core: Core,
  userId: Snowflake,
  { channelId, targetId }: { channelId: Snowflake; targetId: Snowflake },
  { kind, ...sets }: z.output<typeof SetOverride>,
): Promise<Channel> {
  const needed = Permission.MANAGE_ROLES;
  return administerChannel(core, { userId, channelId, needed }, async (desk) => {
    const { tx, rev, access } = desk;
    const { channel, permissions } = access;
    requireOwnRules(channel);
    await requireOverridable(tx, await ranksOf(tx, access), { kind, targetId });
    const old = channel.overrides.find((override) => override.targetId === targetId);
    const [allow, deny] = [BigInt(sets.allow), BigInt(sets.deny)];
    const isHeld =
      canChangeBits(permissions, BigInt(old?.allow ?? 0), allow) &&
      canChangeBits(permissions, BigInt(old?.deny ?? 0), deny);
    if (!isHeld) throw new Problem('forbidden');
    if (old?.allow === sets.allow && old.deny === sets.deny) return { answer: channel };
    const others = channel.overrides.filter((override) => override.targetId !== targetId);
    if (others.length >= MAX_OVERRIDES) throw new Problem('limit_reached');

    await tx
      .insert(overrides)
      .values({ channelId, kind, targetId, allow, deny })
      .onConflictDoUpdate({
        target: [overrides.channelId, overrides.targetId],
        set: { kind, allow, deny },
      });
    const changed = { ...channel, overrides: [...others, { kind, targetId, ...sets }] };
    await desk.log({
      action: 'override.set',
      targetId,
      before: old && { allow: old.allow, deny: old.deny },
      after: { kind, ...sets },
    });
    return {
      answer: changed,
      change: { type: 'channel.updated', rev, channel: changed },
      afterwards: tellAccess(core, { channelId }),
    };
  });
}
