import type { Me, User } from '@harmonium/api/user';
import { users } from '../db/schema.ts';

/** The columns others may see. */
export const userColumns = { id: users.id, username: users.username, avatar: users.avatar };

export function userOf(row: User): User {
  return { id: row.id, username: row.username, avatar: row.avatar };
}

export function meOf(row: typeof users.$inferSelect): Me {
  return {
    ...userOf(row),
    email: row.email,
    emailVerified: row.emailVerified,
    instanceOwner: row.instanceOwner,
    preferences: row.preferences,
    totp: row.totpSince !== null,
    createdAt: row.createdAt.toISOString(),
  };
}
