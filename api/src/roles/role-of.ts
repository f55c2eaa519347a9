import type { Role } from '@harmonium/api/role';
import type { roles } from '../db/schema.ts';

export function roleOf(row: typeof roles.$inferSelect): Role {
  return { ...row, permissions: row.permissions.toString() };
}
