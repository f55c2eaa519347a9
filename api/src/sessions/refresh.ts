import type { Session } from '@harmonium/api/session';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Context } from 'hono';
import type { Core } from '../announce.ts';
import { sessions, users } from '../db/schema.ts';
import type { AppEnv } from '../http/app-env.ts';
import { Problem } from '../problem.ts';
import { endSession } from './end-session.ts';
import { findSession } from './find-session.ts';
import type { FoundSession } from './find-session.ts';
import { clearRefreshCookie, readRefreshCookie, setRefreshCookie } from './refresh-cookie.ts';
import { sessionAnswer, sessionEnd } from './start-session.ts';

/**
 * For this long the token before the youngest is answered with the youngest. Two tabs that refresh
 * with the same cookie at the same moment, and an answer lost on a bad line, must not look like a
 * theft. A thief gains nothing by it that the stolen token did not give: a copy used later than this
 * ends the session. In milliseconds.
 */
export const REFRESH_GRACE_MS = 30_000;

/** Trades the refresh cookie for the next one and an access token. */
export async function refresh(core: Core, c: Context<AppEnv>): Promise<Session> {
  const found = await findSession(core, readRefreshCookie(c));
  if (found === undefined || !isLive(core, found)) {
    clearRefreshCookie(c);
    throw new Problem('unauthorized');
  }
  const generation = await nextGeneration(core, found);
  if (generation === undefined) {
    await endSession(core, found.session);
    clearRefreshCookie(c);
    throw new Problem('refresh_reused');
  }
  const { session } = found;
  const [user] = await core.database.db.select().from(users).where(eq(users.id, session.userId));
  if (user === undefined) throw new Problem('unauthorized');
  setRefreshCookie(core, c, await core.refreshTokens.make(session, generation));
  return sessionAnswer(core, user, session.id);
}

function isLive(core: Core, { session }: FoundSession): boolean {
  return session.revokedAt === null && session.expiresAt.getTime() > core.now();
}

/** The generation to hand out, or undefined when the token was used before. */
async function nextGeneration(
  core: Core,
  { token, session }: FoundSession,
): Promise<number | undefined> {
  const { db } = core.database;
  const [rotated] = await db
    .update(sessions)
    .set({
      generation: sql`${sessions.generation} + 1`,
      rotatedAt: new Date(core.now()),
      expiresAt: sessionEnd(core),
    })
    .where(
      and(
        eq(sessions.id, session.id),
        eq(sessions.generation, token.generation),
        isNull(sessions.revokedAt),
      ),
    )
    .returning({ generation: sessions.generation });
  if (rotated !== undefined) return rotated.generation;

  // Somebody was faster; the row says how much.
  const [current] = await db.select().from(sessions).where(eq(sessions.id, session.id));
  if (current === undefined || current.revokedAt !== null) throw new Problem('unauthorized');
  const isPrevious = token.generation === current.generation - 1;
  const isRecent = core.now() - current.rotatedAt.getTime() <= REFRESH_GRACE_MS;
  return isPrevious && isRecent ? current.generation : undefined;
}
