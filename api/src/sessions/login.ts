import type { Login, Session } from '@harmonium/api/session';
import { eq, or } from 'drizzle-orm';
import type { Context } from 'hono';
import type { z } from 'zod';
import { users } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import type { AppEnv } from '../http/app-env.ts';
import { countAgainst } from '../http/rate-limits.ts';
import { Problem } from '../problem.ts';
import { nameKey } from '../users/name-key.ts';
import { startSession } from './start-session.ts';

/** Guesses at one account, from wherever they come. */
const GUESSES = { name: 'login-name', count: 30, window: 15 * 60 };

/** Logs in by name or e-mail; whether the name or the password was wrong cannot be told. */
export async function login(
  deps: Deps,
  c: Context<AppEnv>,
  { login: name, password }: z.output<typeof Login>,
): Promise<Session> {
  await countAgainst(deps, GUESSES, nameKey(name));
  // No name holds an @ and every address does: the two never meet.
  const [user] = await deps.database.db
    .select()
    .from(users)
    .where(or(eq(users.usernameKey, nameKey(name)), eq(users.email, name.toLowerCase())));
  const isRight = await deps.passwords.verify(password, user?.passwordHash);
  if (user === undefined || !isRight) throw new Problem('wrong_credentials');
  return startSession(deps, c, user);
}
