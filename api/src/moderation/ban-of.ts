import type { Ban } from '@harmonium/api/ban';
import type { User } from '@harmonium/api/user';
import type { bans } from '../db/schema.ts';
import { userOf } from '../users/user-of.ts';

export function banOf(row: typeof bans.$inferSelect, user: User): Ban {
  return {
    user: userOf(user),
    reason: row.reason,
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
  };
}
