import { canActOn } from '@harmonium/api/hierarchy';
import type { Snowflake } from '@harmonium/api/ids';
import type { Member } from '@harmonium/api/member';
import { Problem } from '../problem.ts';
import type { Ranks } from '../roles/ranking.ts';
import type { Transaction } from '../servers/structure.ts';
import { findMember } from './find-member.ts';

/** A member of the server; throws `not_found` where there is none. */
export async function memberIn(
  tx: Transaction,
  serverId: Snowflake,
  userId: Snowflake,
): Promise<Member> {
  const member = await findMember(tx, serverId, userId);
  if (member === undefined) throw new Problem('not_found');
  return member;
}

/** Throws `forbidden` unless the caller stands above the member. */
export function requireBelow(ranks: Ranks, { user, roles }: Member): void {
  const target = { userId: user.id, roleIds: new Set<string>(roles) };
  if (!canActOn(ranks, ranks.caller, target)) throw new Problem('forbidden');
}
