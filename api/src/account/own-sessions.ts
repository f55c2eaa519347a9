import { MAX_SESSIONS } from '@harmonium/api/account';
import type { OwnSession } from '@harmonium/api/account';
import type { Snowflake } from '@harmonium/api/ids';
import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import { sessions } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';
import type { Caller } from '../sessions/access-token.ts';
import { closeSessions, endSession, markEnded } from '../sessions/end-session.ts';
import { describeDevice } from './device.ts';

/** The sessions somebody can use, the one used last first. */
export async function listOwnSessions(
  { database, now }: Deps,
  { userId, sessionId }: Caller,
): Promise<OwnSession[]> {
  const rows = await database.db
    .select()
    .from(sessions)
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, new Date(now())),
      ),
    )
    .orderBy(desc(sessions.rotatedAt), desc(sessions.id))
    .limit(MAX_SESSIONS);
  return rows.map(({ id, userAgent, createdAt, rotatedAt }) => ({
    id,
    device: describeDevice(userAgent),
    createdAt: createdAt.toISOString(),
    lastUsedAt: rotatedAt.toISOString(),
    current: id === sessionId,
  }));
}

export async function endOwnSession(
  core: Core,
  { userId }: Caller,
  sessionId: Snowflake,
): Promise<void> {
  if (!(await endSession(core, { id: sessionId, userId }))) throw new Problem('not_found');
}

export async function endOtherSessions(core: Core, { userId, sessionId }: Caller): Promise<void> {
  const ended = await markEnded(core.database.db, core.now(), { userId, except: sessionId });
  await closeSessions(core, userId, ended);
}
