import { and, eq, isNull } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import { mailTokens, users } from '../db/schema.ts';
import { attemptsOf } from '../http/rate-limits.ts';
import { Problem } from '../problem.ts';
import { closeSessions, markEnded } from '../sessions/end-session.ts';
import { passwordChangedLetter, resetLetter } from './letters.ts';
import { makeMailToken, takeMailToken } from './mail-token.ts';
import { post } from './post.ts';

/** Letters to one person, and in how many seconds. */
const LETTERS = { count: 4, window: 60 * 60 };

/**
 * Sends the link to whoever has the address. Everything happens behind the answer, so that neither
 * it nor the time it takes tells whether there is an account.
 */
export function forgotPassword(core: Core, origin: string, email: string): void {
  core.background(
    sendReset(core, origin, email).catch((error: unknown) => {
      core.log.warn('a password reset was not begun', { error });
    }),
  );
}

async function sendReset(core: Core, origin: string, email: string): Promise<void> {
  const [user] = await core.database.db
    .select()
    .from(users)
    .where(and(eq(users.email, email), isNull(users.deletedAt)));
  if (user === undefined) return;
  const sent = await attemptsOf(core, `reset-letters:${user.id}`, LETTERS.window);
  if (sent !== undefined && sent.count > LETTERS.count * core.rateLimitScale) return;
  await post(core, origin, user, async (about) =>
    resetLetter(about, await makeMailToken(core, user, 'reset')),
  );
}

/** Sets the password and ends every session: whoever was in with the old one is out. */
export async function resetPassword(
  core: Core,
  origin: string,
  { token, password }: { token: string; password: string },
): Promise<void> {
  const passwordHash = await core.passwords.hash(password);
  const { user, ended } = await core.database.db.transaction(async (tx) => {
    const taken = await takeMailToken(tx, core.now(), token, 'reset');
    if (taken === undefined) throw new Problem('link_ended');
    const [changed] = await tx
      .update(users)
      // Whoever has the link reads that mailbox.
      .set({ passwordHash, emailVerified: true })
      .where(and(eq(users.id, taken.userId), eq(users.email, taken.email), isNull(users.deletedAt)))
      .returning();
    if (changed === undefined) throw new Problem('link_ended');
    await tx
      .delete(mailTokens)
      .where(and(eq(mailTokens.userId, changed.id), eq(mailTokens.purpose, 'reset')));
    return { user: changed, ended: await markEnded(tx, core.now(), { userId: changed.id }) };
  });
  await closeSessions(core, user.id, ended);
  if (core.instance.mail) core.background(post(core, origin, user, passwordChangedLetter));
}
