import type { PlaceCategories } from '@harmonium/api/channel';
import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { place } from '@harmonium/api/place';
import type { z } from 'zod';
import type { Core } from '../announce.ts';
import { categories } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import { administer } from '../servers/administer.ts';
import { positionsOf, storePositions } from '../servers/store-positions.ts';
import { loadStructure } from '../servers/structure.ts';

export async function placeCategories(
  core: Core,
  userId: Snowflake,
  serverId: Snowflake,
  wanted: z.output<typeof PlaceCategories>,
): Promise<void> {
  const needed = Permission.MANAGE_CHANNELS;
  await administer(core, { userId, serverId, needed }, async ({ tx, rev, log }) => {
    const old = (await loadStructure(tx, serverId)).categories;
    const known = new Set(old.map(({ id }) => id));
    if (wanted.some(({ id }) => !known.has(id))) throw new Problem('not_found');
    const placed = place(old, wanted).map((category, position) =>
      Object.assign({}, category, { position }),
    );
    const moved = await storePositions(tx, categories, old, placed);
    const [category] = moved;
    if (category === undefined) return { answer: undefined };
    await log({ action: 'category.reorder', ...positionsOf(old, moved) });
    return { answer: undefined, change: { type: 'category.updated', rev, category } };
  });
}
