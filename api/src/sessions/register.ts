import type { Register, Session } from '@harmonium/api/session';
import { eq, or } from 'drizzle-orm';
import type { Context } from 'hono';
import type { z } from 'zod';
import { sendVerification } from '../account/verify-email.ts';
import type { Core } from '../announce.ts';
import { invites, users } from '../db/schema.ts';
import type { AppEnv } from '../http/app-env.ts';
import { originOf } from '../http/client.ts';
import { claimInstance } from '../instance/owner.ts';
import { isUsable } from '../invites/invite-of.ts';
import { Problem } from '../problem.ts';
import { nameKey } from '../users/name-key.ts';
import { isNameOfDeleted } from '../users/name-of-deleted.ts';
import { startSession } from './start-session.ts';

type NewAccount = z.output<typeof Register>;

/** Creates an account and logs in. */
export async function register(
  core: Core,
  c: Context<AppEnv>,
  account: NewAccount,
): Promise<Session> {
  const isOwner = account.ownerCode !== undefined;
  if (isOwner) requireOwnerCode(core, account.ownerCode);
  else await requireOpenDoor(core, account.invite);
  await requireFree(core, account);
  const user = await storeUser(core, account, isOwner);
  if (core.instance.mail) sendVerification(core, originOf(core, c), user);
  return startSession(core, c, user);
}

function requireOwnerCode(core: Core, code: string | undefined): void {
  if (core.ownerCode !== undefined && code === core.ownerCode) return;
  throw new Problem('forbidden', { message: 'The owner link is wrong or was used.' });
}

async function requireOpenDoor(core: Core, invite: string | undefined): Promise<void> {
  const mode = (await core.settings.read()).registration;
  if (mode === 'open') return;
  if (mode === 'closed') throw new Problem('registration_closed');
  if (invite === undefined) throw new Problem('invite_required');
  const [usable] = await core.database.db
    .select({ code: invites.code })
    .from(invites)
    .where(isUsable(invite, core.now()));
  if (usable === undefined) throw new Problem('invite_required');
}

async function requireFree(core: Core, { username, email }: NewAccount): Promise<void> {
  const key = nameKey(username);
  if (isNameOfDeleted(key)) throw new Problem('username_taken');
  const taken = await core.database.db
    .select({ key: users.usernameKey })
    .from(users)
    .where(or(eq(users.usernameKey, key), eq(users.email, email)));
  if (taken.length === 0) return;
  throw new Problem(taken.some((user) => user.key === key) ? 'username_taken' : 'email_taken');
}

async function storeUser(core: Core, account: NewAccount, isOwner: boolean) {
  const { username, email, password } = account;
  const row = {
    id: core.ids.next(),
    username,
    usernameKey: nameKey(username),
    email,
    passwordHash: await core.passwords.hash(password),
    instanceOwner: isOwner,
    createdAt: new Date(core.now()),
  };
  const user = await core.database.db.transaction(async (tx) => {
    const [stored] = await tx.insert(users).values(row).onConflictDoNothing().returning();
    if (stored !== undefined && isOwner) await claimInstance(tx, stored.id);
    return stored;
  });
  if (user !== undefined) return user;
  // Taken since we looked: look again for which of the two it was.
  await requireFree(core, account);
  throw new Error('a user could not be stored though name and address are free');
}
