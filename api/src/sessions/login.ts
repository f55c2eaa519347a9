import type { Login, Session } from '@harmonium/api/session';
import { and, eq, isNull, or } from 'drizzle-orm';
import type { Context } from 'hono';
import type { z } from 'zod';
import { requireSecondFactor } from '../account/second-factor.ts';
import { users } from '../db/schema.ts';
import type { Core } from '../announce.ts';
import type { AppEnv } from '../http/app-env.ts';
import { addressOf } from '../http/client.ts';
import { Problem } from '../problem.ts';
import { nameKey } from '../users/name-key.ts';
import { countGuess } from './guess.ts';
import { startSession } from './start-session.ts';

/** Logs in by name or e-mail; whether the name or the password was wrong cannot be told. */
export async function login(
  core: Core,
  c: Context<AppEnv>,
  { login: name, password, totp }: z.output<typeof Login>,
): Promise<Session> {
  const guess = await countGuess(core, nameKey(name), addressOf(core, c));
  const user = await findByLogin(core, name);
  const isRight = await core.passwords.verify(password, user?.passwordHash);
  if (user === undefined || !isRight) throw new Problem('wrong_credentials');
  await requireSecondFactor(core, user, totp);
  await guess.wasRight();
  return startSession(core, c, user);
}

/** No name holds an @ and every address does: the two never meet. */
async function findByLogin({ database: { db } }: Core, name: string) {
  const isMeant = or(eq(users.usernameKey, nameKey(name)), eq(users.email, name.toLowerCase()));
  const [user] = await db
    .select()
    .from(users)
    .where(and(isMeant, isNull(users.deletedAt)));
  return user;
}
