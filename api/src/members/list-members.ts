import type { Snowflake } from '@harmonium/api/ids';
import type { Member, MemberQuery } from '@harmonium/api/member';
import { and, asc, eq, exists, gt, ilike, or, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { memberRoles, members, users } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { nameKey } from '../users/name-key.ts';
import { userColumns } from '../users/user-of.ts';
import { heldRoles, memberOf } from './member-of.ts';

/** A page of members by the id of their user, those whose name holds `query` when it is given. */
export async function listMembers(
  deps: Deps,
  serverId: Snowflake,
  { after, limit, query, role }: z.output<typeof MemberQuery>,
): Promise<Member[]> {
  const rows = await deps.database.db
    .select({ member: members, user: userColumns, roles: heldRoles })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(
      and(
        eq(members.serverId, serverId),
        after === undefined ? undefined : gt(members.userId, after),
        query === undefined || query === '' ? undefined : isNamed(query),
        role === undefined ? undefined : exists(holdingOf(deps, role)),
      ),
    )
    .orderBy(asc(members.userId))
    .limit(limit);
  return rows.map(({ member, user, roles }) => memberOf(member, user, roles));
}

function holdingOf({ database }: Deps, roleId: Snowflake) {
  return database.db
    .select({ one: sql`1` })
    .from(memberRoles)
    .where(
      and(
        eq(memberRoles.roleId, roleId),
        eq(memberRoles.serverId, members.serverId),
        eq(memberRoles.userId, members.userId),
      ),
    );
}

function isNamed(query: string) {
  const plain = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  return or(ilike(users.usernameKey, plain(nameKey(query))), ilike(members.nickname, plain(query)));
}
