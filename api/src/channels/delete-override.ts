import { canChangeBits } from '@harmonium/api/hierarchy';
import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { and, eq } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import { overrides } from '../db/schema.ts';
import { holderOf } from '../members/holder-of.ts';
import { Problem } from '../problem.ts';
import { ranksOf } from '../roles/ranking.ts';
import { administerChannel } from '../servers/administer.ts';
import { tellAccess } from '../servers/tell-access.ts';
import { requireOverridable, requireOwnRules } from './require-overridable.ts';

/** Lets the roles alone decide again; also for somebody who has left. */
export async function deleteOverride(
  core: Core,
  userId: Snowflake,
  { channelId, targetId }: { channelId: Snowflake; targetId: Snowflake },
): Promise<void> {
  const needed = Permission.MANAGE_ROLES;
  await administerChannel(core, { userId, channelId, needed }, async (desk) => {
    const { tx, rev, access } = desk;
    const { channel, permissions } = access;
    requireOwnRules(channel);
    const old = channel.overrides.find((override) => override.targetId === targetId);
    if (old === undefined) throw new Problem('not_found');
    const isGone =
      old.kind === 'member' && (await holderOf(tx, channel.serverId, targetId)) === undefined;
    if (!isGone) await requireOverridable(tx, await ranksOf(tx, access), old);
    if (!canChangeBits(permissions, 0n, BigInt(old.allow) | BigInt(old.deny))) {
      throw new Problem('forbidden');
    }
    await tx
      .delete(overrides)
      .where(and(eq(overrides.channelId, channelId), eq(overrides.targetId, targetId)));
    const left = channel.overrides.filter((override) => override !== old);
    const changed = { ...channel, overrides: left };
    await desk.log({
      action: 'override.delete',
      targetId,
      before: { kind: old.kind, allow: old.allow, deny: old.deny },
    });
    return {
      answer: undefined,
      change: { type: 'channel.updated', rev, channel: changed },
      afterwards: tellAccess(core, { channelId }),
    };
  });
}
