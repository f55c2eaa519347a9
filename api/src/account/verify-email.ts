import type { Snowflake } from '@harmonium/api/ids';
import { and, eq, isNull } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import { users } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import { findUser } from '../users/find-user.ts';
import { tellDevices } from '../users/tell-of-user.ts';
import { verificationLetter } from './letters.ts';
import { makeMailToken, takeMailToken } from './mail-token.ts';
import { post } from './post.ts';

/** Sends the link in the background. */
export function sendVerification(
  core: Core,
  origin: string,
  user: typeof users.$inferSelect,
): void {
  const write = post(core, origin, user, async (about) =>
    verificationLetter(about, await makeMailToken(core, user, 'verify')),
  );
  core.background(write);
}

export async function resendVerification(
  core: Core,
  origin: string,
  userId: Snowflake,
): Promise<void> {
  const user = await findUser(core, userId);
  if (user.emailVerified) throw new Problem('already_verified');
  sendVerification(core, origin, user);
}

/** The address the token was sent to is the user's; one that was changed since is not proven. */
export async function verifyEmail(core: Core, token: string): Promise<void> {
  const { db } = core.database;
  const taken = await takeMailToken(db, core.now(), token, 'verify');
  if (taken === undefined) throw new Problem('link_ended');
  const [verified] = await db
    .update(users)
    .set({ emailVerified: true })
    .where(and(eq(users.id, taken.userId), eq(users.email, taken.email), isNull(users.deletedAt)))
    .returning({ id: users.id });
  if (verified === undefined) throw new Problem('link_ended');
  tellDevices(core, verified.id);
}
