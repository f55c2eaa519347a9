import type { Snowflake } from '@harmonium/api/ids';
import type { User } from '@harmonium/api/user';
import { and, eq, exists, or } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { members, users } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { userColumns } from './user-of.ts';

/** Somebody the caller shares a server with, or the caller; anyone else is `not_found`. */
export async function meetUser(deps: Deps, callerId: Snowflake, userId: Snowflake): Promise<User> {
  const { db } = deps.database;
  const mine = alias(members, 'mine');
  const theirs = alias(members, 'theirs');
  const shared = db
    .select({ id: mine.serverId })
    .from(mine)
    .innerJoin(theirs, eq(theirs.serverId, mine.serverId))
    .where(and(eq(mine.userId, callerId), eq(theirs.userId, users.id)));
  const [user] = await db
    .select(userColumns)
    .from(users)
    .where(and(eq(users.id, userId), or(eq(users.id, callerId), exists(shared))));
  if (user === undefined) throw new Problem('not_found');
  return user;
}
