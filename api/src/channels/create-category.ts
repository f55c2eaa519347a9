import { MAX_CATEGORIES } from '@harmonium/api/channel';
import type { Category } from '@harmonium/api/channel';
import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { count, eq, max } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import { categories } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import { administer } from '../servers/administer.ts';

/** A category at the end of its server's list. */
export async function createCategory(
  core: Core,
  userId: Snowflake,
  serverId: Snowflake,
  name: string,
): Promise<Category> {
  const needed = Permission.MANAGE_CHANNELS;
  return administer(core, { userId, serverId, needed }, async ({ tx, rev, log }) => {
    const [held] = await tx
      .select({ categories: count(), last: max(categories.position) })
      .from(categories)
      .where(eq(categories.serverId, serverId));
    if ((held?.categories ?? 0) >= MAX_CATEGORIES) throw new Problem('limit_reached');
    const category = { id: core.ids.next(), serverId, name, position: (held?.last ?? -1) + 1 };
    await tx.insert(categories).values(category);
    await log({ action: 'category.create', targetId: category.id, after: { name } });
    return { answer: category, change: { type: 'category.created', rev, category } };
  });
}
