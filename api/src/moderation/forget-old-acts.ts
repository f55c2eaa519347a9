import { inArray, lt } from 'drizzle-orm';
import { firstSnowflakeAt } from '@harmonium/api/ids';
import { auditLog } from '../db/schema.ts';
import type { Deps } from '../deps.ts';

/** How long the audit log remembers, in milliseconds. */
export const ACTS_KEPT_MS = 365 * 24 * 60 * 60 * 1000;
/** In one statement, so that nobody waits for it; the next sweep takes as many. */
const AT_ONCE = 10_000;

/** Takes out of the audit logs what was done more than a year ago. */
export async function forgetOldActs({
  database: { db },
  now,
}: Pick<Deps, 'database' | 'now'>): Promise<void> {
  // Ids are made of the time, and have an index.
  const old = lt(auditLog.id, firstSnowflakeAt(now() - ACTS_KEPT_MS));
  const some = db.select({ id: auditLog.id }).from(auditLog).where(old).limit(AT_ONCE);
  await db.delete(auditLog).where(inArray(auditLog.id, some));
}
