import type { Snowflake } from '@harmonium/api/ids';
import { ACCESS_TOKEN_TTL_S, REFRESH_TOKEN_TTL_S } from '@harmonium/api/session';
import type { Session } from '@harmonium/api/session';
import { eq } from 'drizzle-orm';
import type { Context } from 'hono';
import { base64url } from 'jose';
import { sessions, users } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import type { AppEnv } from '../http/app-env.ts';
import { Problem } from '../problem.ts';
import { meOf } from '../users/user-of.ts';
import { setRefreshCookie } from './refresh-cookie.ts';

const MAX_USER_AGENT = 256;

type UserRow = typeof users.$inferSelect;

/** A new login: the answer, and the refresh cookie beside it. */
export async function startSession(
  deps: Deps,
  c: Context<AppEnv>,
  user: UserRow,
): Promise<Session> {
  const now = new Date(deps.now());
  const row = {
    id: deps.ids.next(),
    userId: user.id,
    secret: base64url.encode(crypto.getRandomValues(new Uint8Array(32))),
    rotatedAt: now,
    createdAt: now,
    expiresAt: sessionEnd(deps),
    userAgent: (c.req.header('user-agent') ?? '').slice(0, MAX_USER_AGENT),
  };
  await store(deps, user, row);
  setRefreshCookie(deps, c, await deps.refreshTokens.make(row, 0));
  return sessionAnswer(deps, user, row.id);
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
