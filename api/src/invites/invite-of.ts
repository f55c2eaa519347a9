import type { Invite } from '@harmonium/api/invite';
import type { User } from '@harmonium/api/user';
import type { invites } from '../db/schema.ts';
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
