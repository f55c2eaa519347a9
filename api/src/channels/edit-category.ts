import type { Category } from '@harmonium/api/channel';
import type { Snowflake } from '@harmonium/api/ids';
import { eq } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import { categories } from '../db/schema.ts';
import { administerCategory } from './administer-category.ts';

export async function editCategory(
  core: Core,
  userId: Snowflake,
  categoryId: Snowflake,
  name: string,
): Promise<Category> {
  return administerCategory(core, userId, categoryId, async ({ tx, rev, log }, before) => {
    if (name === before.name) return { answer: before };
    const category = { ...before, name };
    await tx.update(categories).set({ name }).where(eq(categories.id, categoryId));
    const changed = { before: { name: before.name }, after: { name } };
    await log({ action: 'category.update', targetId: categoryId, ...changed });
    return { answer: category, change: { type: 'category.updated', rev, category } };
  });
}
