import type { Invite } from '@harmonium/api/invite';
import type { User } from '@harmonium/api/user';
import type { SQL } from 'drizzle-orm';
import { and, eq, gt, isNull, lt, or } from 'drizzle-orm';
import { invites } from '../db/schema.ts';
import { userOf } from '../users/user-of.ts';

export function inviteOf(row: typeof invites.$inferSelect, creator: User): Invite {
  return {
    code: row.code,
    serverId: row.serverId,
    creator: userOf(creator),
    uses: row.uses,
    maxUses: row.maxUses,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

/** The invite of that code, as long as it can be used. */
export function isUsable(code: string, now: number): SQL | undefined {
  return and(
    eq(invites.code, code),
    or(isNull(invites.maxUses), lt(invites.uses, invites.maxUses)),
    or(isNull(invites.expiresAt), gt(invites.expiresAt, new Date(now))),
  );
}
