import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { and, eq, gt, isNull, lt, or } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import { serverAccess } from '../access.ts';
import type { Database } from '../db/database.ts';
import { invites } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import type { Transaction } from '../servers/structure.ts';

/** The invite of that code, as long as it is neither used up nor over. */
export function isOpen(code: string, now: number): SQL | undefined {
  return and(
    eq(invites.code, code),
    or(isNull(invites.maxUses), lt(invites.uses, invites.maxUses)),
    or(isNull(invites.expiresAt), gt(invites.expiresAt, new Date(now))),
  );
}

/**
 * Throws `invite_not_found` unless whoever made the invite could make it today: it ends with their
 * membership and with their right to invite, and rests during a timeout.
 */
export async function requireInviter(
  db: Database | Transaction,
  now: () => number,
  { serverId, creatorId }: { serverId: Snowflake; creatorId: Snowflake },
): Promise<void> {
  try {
    await serverAccess({ database: { db }, now }, creatorId, serverId, Permission.CREATE_INVITE);
  } catch (problem) {
    if (problem instanceof Problem) throw new Problem('invite_not_found', { cause: problem });
    throw problem;
  }
}
