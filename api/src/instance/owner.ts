import type { Snowflake } from '@harmonium/api/ids';
import { eq } from 'drizzle-orm';
import { settings } from '../db/schema.ts';
import type { Database } from '../db/database.ts';
import { Problem } from '../problem.ts';
import type { Transaction } from '../servers/structure.ts';

const OWNER = 'owner';

/** Makes the account owner of the instance; throws when it has one. */
export async function claimInstance(tx: Transaction, userId: Snowflake): Promise<void> {
  const [claimed] = await tx
    .insert(settings)
    .values({ name: OWNER, value: userId })
    .onConflictDoNothing()
    .returning();
  if (claimed !== undefined) return;
  throw new Problem('forbidden', { message: 'The owner link was used.' });
}

/** False until somebody followed the owner link: a new one is printed at each start until then. */
export async function hasOwner(db: Database): Promise<boolean> {
  const rows = await db.select().from(settings).where(eq(settings.name, OWNER));
  return rows.length > 0;
}
