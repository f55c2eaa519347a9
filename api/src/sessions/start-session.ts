import { MAX_SESSIONS } from '@harmonium/api/account';
import type { Snowflake } from '@harmonium/api/ids';
import { ACCESS_TOKEN_TTL_S, REFRESH_TOKEN_TTL_S } from '@harmonium/api/session';
import type { Session } from '@harmonium/api/session';
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Context } from 'hono';
import { base64url } from 'jose';
import type { Core } from '../announce.ts';
import { sessions, users } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import type { AppEnv } from '../http/app-env.ts';
import { Problem } from '../problem.ts';
import { meOf } from '../users/user-of.ts';
import { endSession } from './end-session.ts';
import { setRefreshCookie } from './refresh-cookie.ts';

const MAX_USER_AGENT = 256;

type UserRow = typeof users.$inferSelect;

/** A new login: the answer, and the refresh cookie beside it. */
export async function startSession(
  core: Core,
  c: Context<AppEnv>,
  user: UserRow,
): Promise<Session> {
  const now = new Date(core.now());
  const row = {
    id: core.ids.next(),
    userId: user.id,
    secret: base64url.encode(crypto.getRandomValues(new Uint8Array(32))),
    rotatedAt: now,
    createdAt: now,
    expiresAt: sessionEnd(core),
    userAgent: (c.req.header('user-agent') ?? '').slice(0, MAX_USER_AGENT),
  };
  await store(core, user, row);
  await endSpare(core, user.id);
  setRefreshCookie(core, c, await core.refreshTokens.make(row, 0));
  return sessionAnswer(core, user, row.id);
}

/** The password may have been changed since it was found right; who changed it is to be alone. */
async function store(deps: Deps, user: UserRow, row: typeof sessions.$inferInsert): Promise<void> {
  await deps.database.db.transaction(async (tx) => {
    const [current] = await tx
      .select({ passwordHash: users.passwordHash })
      .from(users)
      .where(eq(users.id, user.id))
      .for('share');
    if (current?.passwordHash !== user.passwordHash) throw new Problem('wrong_credentials');
    await tx.insert(sessions).values(row);
  });
}

/** So that the list of one's sessions is complete, and ending them is bounded work. */
async function endSpare(core: Core, userId: Snowflake): Promise<void> {
  const spare = await core.database.db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt)))
    .orderBy(desc(sessions.rotatedAt), desc(sessions.id))
    .offset(MAX_SESSIONS);
  for (const { id } of spare) await endSession(core, { id, userId });
}

/** A session ends when it was not refreshed for this long. */
export function sessionEnd(deps: Deps): Date {
  return new Date(deps.now() + REFRESH_TOKEN_TTL_S * 1000);
}

export async function sessionAnswer(
  deps: Deps,
  user: UserRow,
  sessionId: Snowflake,
): Promise<Session> {
  const accessToken = await deps.accessTokens.issue({ userId: user.id, sessionId });
  return { user: meOf(user), accessToken, expiresIn: ACCESS_TOKEN_TTL_S };
}
