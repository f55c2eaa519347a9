import type { Register, Session } from '@harmonium/api/session';
import { eq, or } from 'drizzle-orm';
import type { Context } from 'hono';
import type { z } from 'zod';
import { invites, users } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import type { AppEnv } from '../http/app-env.ts';
import { claimInstance } from '../instance/owner.ts';
import { isUsable } from '../invites/invite-of.ts';
import { Problem } from '../problem.ts';
import { nameKey } from '../users/name-key.ts';
import { startSession } from './start-session.ts';

type NewAccount = z.output<typeof Register>;

/** Creates an account and logs in. */
export async function register(
  deps: Deps,
  c: Context<AppEnv>,
  account: NewAccount,
): Promise<Session> {
  const isOwner = account.ownerCode !== undefined;
  if (isOwner) requireOwnerCode(deps, account.ownerCode);
  else await requireOpenDoor(deps, account.invite);
  await requireFree(deps, account);
  const user = await storeUser(deps, account, isOwner);
  return startSession(deps, c, user);
}

function requireOwnerCode(deps: Deps, code: string | undefined): void {
  if (deps.ownerCode !== undefined && code === deps.ownerCode) return;
  throw new Problem('forbidden', { message: 'The owner link is wrong or was used.' });
}

async function requireOpenDoor(deps: Deps, invite: string | undefined): Promise<void> {
  const mode = deps.instance.registration;
  if (mode === 'open') return;
  if (mode === 'closed') throw new Problem('registration_closed');
  if (invite === undefined) throw new Problem('invite_required');
  const [usable] = await deps.database.db
    .select({ code: invites.code })
    .from(invites)
    .where(isUsable(invite, deps.now()));
  if (usable === undefined) throw new Problem('invite_required');
}

async function requireFree(deps: Deps, { username, email }: NewAccount): Promise<void> {
  const key = nameKey(username);
  const taken = await deps.database.db
    .select({ key: users.usernameKey })
    .from(users)
    .where(or(eq(users.usernameKey, key), eq(users.email, email)));
  if (taken.length === 0) return;
  throw new Problem(taken.some((user) => user.key === key) ? 'username_taken' : 'email_taken');
}

async function storeUser(deps: Deps, account: NewAccount, isOwner: boolean) {
  const { username, email, password } = account;
  const row = {
    id: deps.ids.next(),
    username,
    usernameKey: nameKey(username),
    email,
    passwordHash: await deps.passwords.hash(password),
    instanceOwner: isOwner,
    createdAt: new Date(deps.now()),
  };
  const user = await deps.database.db.transaction(async (tx) => {
    const [stored] = await tx.insert(users).values(row).onConflictDoNothing().returning();
    if (stored !== undefined && isOwner) await claimInstance(tx, stored.id);
    return stored;
  });
  if (user !== undefined) return user;
  // Taken since we looked: look again for which of the two it was.
  await requireFree(deps, account);
  throw new Error('a user could not be stored though name and address are free');
}
