import type { Snowflake } from '@harmonium/api/ids';
import type { Member } from '@harmonium/api/member';
import type { User } from '@harmonium/api/user';
import { sql } from 'drizzle-orm';
import type { members } from '../db/schema.ts';
import { userOf } from '../users/user-of.ts';

/** Ids of the roles held beside @everyone, as a column of a query that joins `members`. */
export const heldRoles = sql<Snowflake[]>`(
  select coalesce(json_agg(held.role_id::text order by held.role_id), '[]')
  from member_roles held
  where held.server_id = members.server_id and held.user_id = members.user_id
)`;

export function memberOf(row: typeof members.$inferSelect, user: User, roles: Snowflake[]): Member {
  return {
    user: userOf(user),
    serverId: row.serverId,
    nickname: row.nickname,
    roles,
    joinedAt: row.joinedAt.toISOString(),
    timeoutUntil: row.timeoutUntil?.toISOString() ?? null,
  };
}
