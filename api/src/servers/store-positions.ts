import type { AuditFields } from '@harmonium/api/audit-log';
import type { Snowflake } from '@harmonium/api/ids';
import { sql } from 'drizzle-orm';
import type { categories, channels, roles } from '../db/schema.ts';
import type { Transaction } from './structure.ts';

export interface Placed {
  id: Snowflake;
  position: number;
}

/** Writes the positions that are new, in one statement. @returns what moved */
export async function storePositions<T extends Placed>(
  tx: Transaction,
  table: typeof categories | typeof channels | typeof roles,
  old: readonly Placed[],
  placed: readonly T[],
): Promise<T[]> {
  const was = new Map(old.map(({ id, position }) => [id, position]));
  const moved = placed.filter(({ id, position }) => was.get(id) !== position);
  if (moved.length === 0) return moved;
  const rows = JSON.stringify(moved.map(({ id, position }) => ({ id, position })));
  await tx.execute(sql`
    update ${table} set position = row.position
    from json_to_recordset(${rows}::json) as row(id bigint, position integer)
    where ${table.id} = row.id`);
  return moved;
}

/** Where each of the moved stood and stands, by id, as the audit log has it. */
export function positionsOf(
  old: readonly Placed[],
  moved: readonly Placed[],
): { before: AuditFields; after: AuditFields } {
  const ids = new Set(moved.map(({ id }) => id));
  const positions = (list: readonly Placed[]): AuditFields =>
    Object.fromEntries(list.flatMap(({ id, position }) => (ids.has(id) ? [[id, position]] : [])));
  return { before: positions(old), after: positions(moved) };
}
