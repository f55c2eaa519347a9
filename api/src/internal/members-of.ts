import type { Snowflake } from '@harmonium/api/ids';
import type { Member } from '@harmonium/api/member';
import { and, eq, inArray } from 'drizzle-orm';
import { members, servers, users } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { heldRoles, memberOf } from '../members/member-of.ts';
import { Problem } from '../problem.ts';
import { userColumns } from '../users/user-of.ts';

/** Those of these users who are members of the server; `not_found` when there is no such server. */
export async function membersOf(
  { database: { db } }: Deps,
  serverId: Snowflake,
  userIds: Snowflake[],
): Promise<Member[]> {
  const [server] = await db
    .select({ id: servers.id })
    .from(servers)
    .where(eq(servers.id, serverId));
  if (server === undefined) throw new Problem('not_found');
  const rows = await db
    .select({ member: members, user: userColumns, roles: heldRoles })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.serverId, serverId), inArray(members.userId, userIds)));
  return rows.map(({ member, user, roles }) => memberOf(member, user, roles));
}
