import type { Channel, ChannelOverride } from '@harmonium/api/channel';
import { canActOn, canManageRole } from '@harmonium/api/hierarchy';
import { Problem } from '../problem.ts';
import { holderOf } from '../members/holder-of.ts';
import type { Ranks } from '../roles/ranking.ts';
import type { Transaction } from '../servers/structure.ts';

/**
 * Throws unless the caller may override what this role or member may do: `not_found` when the server
 * has no such one, `forbidden` when it is not below them. Everyone may do it to themselves.
 */
export async function requireOverridable(
  tx: Transaction,
  ranks: Ranks,
  { kind, targetId }: Pick<ChannelOverride, 'kind' | 'targetId'>,
): Promise<void> {
  if (kind === 'role') {
    const role = ranks.roles.find(({ id }) => id === targetId);
    if (role === undefined) throw new Problem('not_found');
    if (!canManageRole(ranks, ranks.caller, role)) throw new Problem('forbidden');
    return;
  }
  const target = await holderOf(tx, ranks.serverId, targetId);
  if (target === undefined) throw new Problem('not_found');
  const isSelf = target.userId === ranks.caller.userId;
  if (!isSelf && !canActOn(ranks, ranks.caller, target)) throw new Problem('forbidden');
}

/** A thread has the permissions of its channel and none of its own. */
export function requireOwnRules({ parentId }: Channel): void {
  if (parentId === undefined) return;
  throw new Problem('bad_request', { message: 'A thread has the permissions of its channel.' });
}
