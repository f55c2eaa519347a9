import type { Snowflake } from '@harmonium/api/ids';
import { eq, sql, sum } from 'drizzle-orm';
import { attachments } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';
import type { Transaction } from '../servers/structure.ts';

/** Of the lock that all who count share: any number that no other lock has. */
const COUNTING = 0x66_69_6c_65;

/**
 * Throws `quota_reached` or `storage_full` when so many bytes more were too many. Until the end of
 * the transaction nobody else counts: of two who come at once the second sees the first.
 */
export async function requireRoom(
  tx: Transaction,
  { user, instance }: Deps['uploadQuota'],
  userId: Snowflake,
  size: number,
): Promise<void> {
  if (user === 0 && instance === 0) return;
  await tx.execute(sql`select pg_advisory_xact_lock(${COUNTING})`);
  const stored = sum(attachments.size).mapWith(Number);
  if (user > 0) {
    const own = eq(attachments.uploaderId, userId);
    const [row] = await tx.select({ stored }).from(attachments).where(own);
    if ((row?.stored ?? 0) + size > user) throw new Problem('quota_reached');
  }
  if (instance > 0) {
    const [row] = await tx.select({ stored }).from(attachments);
    if ((row?.stored ?? 0) + size > instance) throw new Problem('storage_full');
  }
}
