import type { Snowflake } from '@harmonium/api/ids';
import { and, eq, gt, sql } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import { categories } from '../db/schema.ts';
import { administerCategory } from './administer-category.ts';

/** Its channels stay, outside of any category. */
export async function deleteCategory(
  core: Core,
  userId: Snowflake,
  categoryId: Snowflake,
): Promise<void> {
  await administerCategory(core, userId, categoryId, async ({ tx, rev, log }, category) => {
    const { serverId, position, name } = category;
    await tx.delete(categories).where(eq(categories.id, categoryId));
    await tx
      .update(categories)
      .set({ position: sql`${categories.position} - 1` })
      .where(and(eq(categories.serverId, serverId), gt(categories.position, position)));
    await log({ action: 'category.delete', targetId: categoryId, before: { name } });
    return { answer: undefined, change: { type: 'category.removed', rev, categoryId } };
  });
}
