import type { Snowflake } from '@harmonium/api/ids';
import type { Member } from '@harmonium/api/member';
import { and, eq } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { members, users } from '../db/schema.ts';
import type { Transaction } from '../servers/structure.ts';
import { userColumns } from '../users/user-of.ts';
import { heldRoles, memberOf } from './member-of.ts';

/** Undefined for whoever is no member. */
export async function findMember(
  db: Database | Transaction,
  serverId: Snowflake,
  userId: Snowflake,
): Promise<Member | undefined> {
  const [row] = await db
    .select({ member: members, user: userColumns, roles: heldRoles })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.serverId, serverId), eq(members.userId, userId)));
  return row && memberOf(row.member, row.user, row.roles);
}
