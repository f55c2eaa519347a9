import type { Register, Session } from '@harmonium/api/session';
import { eq, or } from 'drizzle-orm';
import type { Context } from 'hono';
import type { z } from 'zod';
import { sendVerification } from '../account/verify-email.ts';
import type { Core } from '../announce.ts';
import { users } from '../db/schema.ts';
import type { AppEnv } from '../http/app-env.ts';
import { originOf } from '../http/client.ts';
import { claimInstance } from '../instance/owner.ts';
import { previewInvite } from '../invites/preview-invite.ts';
import { acceptIn, welcome } from '../invites/use-invite.ts';
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
  const invite = isOwner ? undefined : await requireOpenDoor(core, account.invite);
  await requireFree(core, account);
  const { user, arrival } = await storeUser(core, account, isOwner, invite);
  if (arrival !== undefined) await welcome(core, user.id, arrival);
  if (core.instance.mail) sendVerification(core, originOf(core, c), user);
  return startSession(core, c, user);
}

function requireOwnerCode(core: Core, code: string | undefined): void {
  if (core.ownerCode !== undefined && code === core.ownerCode) return;
  throw new Problem('forbidden', { message: 'The owner link is wrong or was used.' });
}

/** @returns the invite that the door opens by, where it needs one */
async function requireOpenDoor(
  core: Core,
  invite: string | undefined,
): Promise<string | undefined> {
  const mode = (await core.settings.read()).registration;
  if (mode === 'open') return undefined;
  if (mode === 'closed') throw new Problem('registration_closed');
  if (invite === undefined) throw new Problem('invite_required');
  await orInviteRequired(previewInvite(core, invite));
  return invite;
}

async function orInviteRequired<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (problem) {
    const isGone = problem instanceof Problem && problem.code === 'invite_not_found';
    throw isGone ? new Problem('invite_required', { cause: problem }) : problem;
  }
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

/** Who comes by an invite joins its server at once: it lets in as many as it says, and no more. */
async function storeUser(
  core: Core,
  account: NewAccount,
  isOwner: boolean,
  invite: string | undefined,
) {
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
  const stored = await core.database.db.transaction(async (tx) => {
    const [user] = await tx.insert(users).values(row).onConflictDoNothing().returning();
    if (user === undefined) return undefined;
    if (isOwner) await claimInstance(tx, user.id);
    const join = invite === undefined ? undefined : acceptIn(core, tx, user.id, invite);
    return { user, arrival: join && (await orInviteRequired(join)) };
  });
  if (stored !== undefined) return stored;
  // Taken since we looked: look again for which of the two it was.
  await requireFree(core, account);
  throw new Error('a user could not be stored though name and address are free');
}
