import type { Holder } from '@harmonium/api/hierarchy';
import type { Snowflake } from '@harmonium/api/ids';
import { findMember } from './find-member.ts';
import type { Transaction } from '../servers/structure.ts';

/** A member as the hierarchy sees them; undefined for whoever is no member. */
export async function holderOf(
  tx: Transaction,
  serverId: Snowflake,
  userId: Snowflake,
): Promise<Holder | undefined> {
  const member = await findMember(tx, serverId, userId);
  return member && { userId, roleIds: new Set(member.roles) };
}
