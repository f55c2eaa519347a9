import type { Snowflake } from '@harmonium/api/ids';
import type { Invite } from '@harmonium/api/invite';
import { Permission } from '@harmonium/api/permissions';
import { desc, eq } from 'drizzle-orm';
import { serverAccess } from '../access.ts';
import { invites, users } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { userColumns } from '../users/user-of.ts';
import { MAX_INVITES } from './create-invite.ts';
import { inviteOf } from './invite-of.ts';

/** Youngest first. */
export async function listInvites(
  deps: Deps,
  userId: Snowflake,
  serverId: Snowflake,
): Promise<Invite[]> {
  await serverAccess(deps, userId, serverId, Permission.MANAGE_SERVER);
  const rows = await deps.database.db
    .select({ invite: invites, creator: userColumns })
    .from(invites)
    .innerJoin(users, eq(users.id, invites.creatorId))
    .where(eq(invites.serverId, serverId))
    .orderBy(desc(invites.createdAt), desc(invites.code))
    .limit(MAX_INVITES);
  return rows.map(({ invite, creator }) => inviteOf(invite, creator));
}
