import type { Snowflake } from '@harmonium/api/ids';
import { ACCESS_TOKEN_TTL_S, REFRESH_TOKEN_TTL_S } from '@harmonium/api/session';
import type { Session } from '@harmonium/api/session';
import type { Context } from 'hono';
import { base64url } from 'jose';
import { sessions } from '../db/schema.ts';
import type { users } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import type { AppEnv } from '../http/app-env.ts';
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
  await deps.database.db.insert(sessions).values(row);
  setRefreshCookie(deps, c, await deps.refreshTokens.make(row, 0));
  return sessionAnswer(deps, user, row.id);
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
