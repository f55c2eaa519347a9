import type { EditMe } from '@harmonium/api/account';
import type { Me } from '@harmonium/api/user';
import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { Core } from '../announce.ts';
import { isUniqueViolation } from '../db/unique-violation.ts';
import { mailTokens, users } from '../db/schema.ts';
import { countAgainst } from '../http/rate-limits.ts';
import type { RateLimit } from '../http/rate-limits.ts';
import { Problem } from '../problem.ts';
import type { Caller } from '../sessions/access-token.ts';
import { findUser } from '../users/find-user.ts';
import { nameKey } from '../users/name-key.ts';
import { isNameOfDeleted } from '../users/name-of-deleted.ts';
import { tellDevices, tellOfUser } from '../users/tell-of-user.ts';
import { meOf } from '../users/user-of.ts';
import { requirePassword } from './confirm.ts';
import { addressChangedLetter } from './letters.ts';
import { post } from './post.ts';
import { sendVerification } from './verify-email.ts';

/** Each is told to every room the user may be in. */
const RENAMES: RateLimit = { name: 'rename', count: 10, window: 60 * 60 };

type UserRow = typeof users.$inferSelect;

/** Changes name, address and preferences; what identifies somebody asks for the password. */
export async function editMe(
  core: Core,
  origin: string,
  { userId }: Caller,
  { username, email, preferences, password }: z.output<typeof EditMe>,
): Promise<Me> {
  const before = await findUser(core, userId);
  const isRenamed = username !== undefined && username !== before.username;
  const isMoved = email !== undefined && email !== before.email;
  if (isRenamed || isMoved) await requirePassword(core, before, password);
  if (isRenamed) await countAgainst(core, RENAMES, userId);
  const edited = await store(core, before, {
    ...(isRenamed && { username, usernameKey: keyOf(username) }),
    ...(isMoved && { email, emailVerified: false }),
    ...(preferences !== undefined && { preferences }),
  });
  if (isMoved) await move(core, origin, before, edited);
  if (isRenamed) await tellOfUser(core, userId);
  else tellDevices(core, userId);
  return meOf(edited);
}

function keyOf(username: string): string {
  const key = nameKey(username);
  if (isNameOfDeleted(key)) throw new Problem('username_taken');
  return key;
}

async function store(core: Core, before: UserRow, change: Partial<UserRow>): Promise<UserRow> {
  if (Object.keys(change).length === 0) return before;
  try {
    const [stored] = await core.database.db
      .update(users)
      .set(change)
      .where(and(eq(users.id, before.id), isNull(users.deletedAt)))
      .returning();
    if (stored === undefined) throw new Problem('unauthorized');
    return stored;
  } catch (error) {
    if (isUniqueViolation(error, 'users_username_key')) throw new Problem('username_taken');
    if (isUniqueViolation(error, 'users_email')) throw new Problem('email_taken');
    throw error;
  }
}

/** Links sent to the old address are void, and it is told: a thief would not say a word. */
async function move(core: Core, origin: string, before: UserRow, after: UserRow): Promise<void> {
  await core.database.db.delete(mailTokens).where(eq(mailTokens.userId, after.id));
  if (!core.instance.mail) return;
  core.background(post(core, origin, before, addressChangedLetter));
  sendVerification(core, origin, after);
}
