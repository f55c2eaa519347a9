import type { Snowflake } from '@harmonium/api/ids';
import { MAX_RELATIONSHIPS } from '@harmonium/api/relationship';
import type { Relationship } from '@harmonium/api/relationship';
import { and, asc, eq } from 'drizzle-orm';
import { relationships, users } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { userColumns } from '../users/user-of.ts';

/** One user's side of everything that is between them and others. */
export async function listRelationships(
  deps: Pick<Deps, 'database'>,
  userId: Snowflake,
): Promise<Relationship[]> {
  const rows = await deps.database.db
    .select({ user: userColumns, kind: relationships.kind, since: relationships.since })
    .from(relationships)
    .innerJoin(users, eq(users.id, relationships.otherId))
    .where(eq(relationships.userId, userId))
    .orderBy(asc(users.usernameKey))
    .limit(MAX_RELATIONSHIPS);
  return rows.map(({ user, kind, since }) => ({ user, kind, since: since.toISOString() }));
}

export async function friendsOf(
  deps: Pick<Deps, 'database'>,
  userId: Snowflake,
): Promise<Snowflake[]> {
  const rows = await deps.database.db
    .select({ id: relationships.otherId })
    .from(relationships)
    .where(and(eq(relationships.userId, userId), eq(relationships.kind, 'friend')))
    .limit(MAX_RELATIONSHIPS);
  return rows.map(({ id }) => id);
}
