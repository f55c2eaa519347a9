import type { Category } from '@harmonium/api/channel';
import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { eq } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import { categories } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import { administer } from '../servers/administer.ts';
import type { Desk } from '../servers/administer.ts';
import type { Done } from '../servers/structure.ts';

/** Does something to a category of a server in which the user manages channels. */
export async function administerCategory<Answer>(
  core: Core,
  userId: Snowflake,
  categoryId: Snowflake,
  act: (desk: Desk, category: Category) => Promise<Done<Answer>>,
): Promise<Answer> {
  const find = eq(categories.id, categoryId);
  const [found] = await core.database.db.select().from(categories).where(find);
  if (found === undefined) throw new Problem('not_found');
  const { serverId } = found;
  const needed = Permission.MANAGE_CHANNELS;
  return administer(core, { userId, serverId, needed }, async (desk) => {
    const [category] = await desk.tx.select().from(categories).where(find);
    if (category === undefined) throw new Problem('not_found');
    return act(desk, category);
  });
}
