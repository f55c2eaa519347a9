import { and, eq } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import { mailTokens, users } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import type { Caller } from '../sessions/access-token.ts';
import { closeSessions, markEnded } from '../sessions/end-session.ts';
import { findUser } from '../users/find-user.ts';
import { requirePassword } from './confirm.ts';
import { passwordChangedLetter } from './letters.ts';
import { post } from './post.ts';

/** Changes the password; every other session ends, and links to reset it are void. */
export async function changePassword(
  core: Core,
  origin: string,
  { userId, sessionId }: Caller,
  { current, password }: { current: string; password: string },
): Promise<void> {
  const user = await findUser(core, userId);
  await requirePassword(core, user, current);
  const passwordHash = await core.passwords.hash(password);
  const ended = await core.database.db.transaction(async (tx) => {
    const [changed] = await tx
      .update(users)
      .set({ passwordHash })
      // Of two changes at once the later one no longer knows the current password.
      .where(and(eq(users.id, userId), eq(users.passwordHash, user.passwordHash)))
      .returning({ id: users.id });
    if (changed === undefined) throw new Problem('wrong_password');
    await tx
      .delete(mailTokens)
      .where(and(eq(mailTokens.userId, userId), eq(mailTokens.purpose, 'reset')));
    return markEnded(tx, core.now(), { userId, except: sessionId });
  });
  await closeSessions(core, userId, ended);
  if (core.instance.mail) core.background(post(core, origin, user, passwordChangedLetter));
}
