import type { Snowflake } from '@harmonium/api/ids';
import { asc, eq } from 'drizzle-orm';
import { sessions } from '../../db/schema.ts';
import type { Deps } from '../../deps.ts';

/** Every session that is still known, with the User-Agent as it was sent. */
export async function exportedSessions({ database }: Deps, userId: Snowflake) {
  const rows = await database.db
    .select()
    .from(sessions)
    .where(eq(sessions.userId, userId))
    .orderBy(asc(sessions.id));
  return rows.map(({ id, userAgent, createdAt, rotatedAt, expiresAt, revokedAt }) => ({
    id,
    userAgent,
    createdAt: createdAt.toISOString(),
    lastUsedAt: rotatedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    endedAt: revokedAt?.toISOString() ?? null,
  }));
}
