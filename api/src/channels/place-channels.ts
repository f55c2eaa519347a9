import type { AuditFields } from '@harmonium/api/audit-log';
import type { PlaceChannels } from '@harmonium/api/channel';
import type { Snowflake } from '@harmonium/api/ids';
import { Permission, hasPermission } from '@harmonium/api/permissions';
import { place } from '@harmonium/api/place';
import { inArray } from 'drizzle-orm';
import type { z } from 'zod';
import { permissionsIn } from '../access.ts';
import type { ServerAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import { channels } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import { administer } from '../servers/administer.ts';
import { storePositions } from '../servers/store-positions.ts';
import { loadStructure } from '../servers/structure.ts';
import type { Transaction } from '../servers/structure.ts';

type Wanted = z.output<typeof PlaceChannels>;

/**
 * Puts channels in another order and into other categories. Positions count through the whole
 * server: a list of a category's channels keeps its order there, whatever stands between them.
 */
export async function placeChannels(
  core: Core,
  userId: Snowflake,
  serverId: Snowflake,
  wanted: Wanted,
): Promise<void> {
  const needed = Permission.MANAGE_CHANNELS;
  await administer(core, { userId, serverId, needed }, async ({ tx, rev, log, access }) => {
    const structure = await loadStructure(tx, serverId);
    // Threads have no place of their own.
    const placeable = structure.channels.filter(({ parentId }) => parentId === undefined);
    const old = new Map(placeable.map((channel) => [channel.id, channel]));
    requireManaged(access, old, wanted);
    requireCategories(new Set(structure.categories.map(({ id }) => id)), wanted);

    const leaving = await storeCategories(tx, old, wanted);
    const placed = place(placeable, wanted).map(({ id }, position) => ({ id, position }));
    const moved = await storePositions(tx, channels, placeable, placed);
    const [first] = [...leaving, ...moved.map(({ id }) => id)];
    const channel = first === undefined ? undefined : old.get(first);
    if (channel === undefined) return { answer: undefined };
    await log({ action: 'channel.reorder', ...changedPlaces(old, placed, wanted) });
    return { answer: undefined, change: { type: 'channel.updated', rev, channel } };
  });
}

type Known = Awaited<ReturnType<typeof loadStructure>>['channels'][number];

/** What may not be seen is not there; into another category goes only what one manages. */
function requireManaged(
  { context, subject }: ServerAccess,
  known: ReadonlyMap<Snowflake, Known>,
  wanted: Wanted,
): void {
  for (const { id, categoryId } of wanted) {
    const channel = known.get(id);
    const held = channel === undefined ? 0n : permissionsIn(channel, context, subject);
    if (channel === undefined || !hasPermission(held, Permission.VIEW_CHANNEL)) {
      throw new Problem('not_found');
    }
    const leaves = categoryId !== undefined && categoryId !== channel.categoryId;
    if (leaves && !hasPermission(held, Permission.MANAGE_CHANNELS)) throw new Problem('forbidden');
  }
}

function requireCategories(known: ReadonlySet<Snowflake>, wanted: Wanted): void {
  for (const { categoryId } of wanted) {
    if (categoryId && !known.has(categoryId)) throw new Problem('not_found');
  }
}

/** One statement for each category that takes something in. @returns what changed */
async function storeCategories(
  tx: Transaction,
  known: ReadonlyMap<Snowflake, Known>,
  wanted: Wanted,
): Promise<Snowflake[]> {
  const into = new Map<Snowflake | null, Snowflake[]>();
  for (const { id, categoryId } of wanted) {
    if (categoryId === undefined || known.get(id)?.categoryId === categoryId) continue;
    into.set(categoryId, [...(into.get(categoryId) ?? []), id]);
  }
  for (const [categoryId, ids] of into) {
    await tx.update(channels).set({ categoryId }).where(inArray(channels.id, ids));
  }
  return [...into.values()].flat();
}

/** By id of the channel its position and, where it left one, its category, before and after. */
function changedPlaces(
  known: ReadonlyMap<Snowflake, Known>,
  placed: readonly { id: Snowflake; position: number }[],
  wanted: Wanted,
): { before: AuditFields; after: AuditFields } {
  const into = new Map(wanted.map(({ id, categoryId }) => [id, categoryId]));
  const [before, after]: [AuditFields, AuditFields] = [{}, {}];
  for (const { id, position } of placed) {
    const was = known.get(id);
    if (was === undefined) continue;
    const categoryId = into.get(id) === undefined ? was.categoryId : (into.get(id) ?? null);
    const hasLeft = categoryId !== was.categoryId;
    if (!hasLeft && position === was.position) continue;
    before[id] = hasLeft ? [String(was.position), was.categoryId ?? ''] : was.position;
    after[id] = hasLeft ? [String(position), categoryId ?? ''] : position;
  }
  return { before, after };
}
