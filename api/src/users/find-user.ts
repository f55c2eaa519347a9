import type { Snowflake } from '@harmonium/api/ids';
import { and, eq, isNull } from 'drizzle-orm';
import { users } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';

/** The row of someone who is logged in; an account that is gone is not. */
export async function findUser(deps: Deps, userId: Snowflake): Promise<typeof users.$inferSelect> {
  const [user] = await deps.database.db
    .select()
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.deletedAt)));
  if (user === undefined) throw new Problem('unauthorized');
  return user;
}
