import { and, eq, gt } from 'drizzle-orm';
import { base64url } from 'jose';
import type { Database } from '../db/database.ts';
import { mailTokens } from '../db/schema.ts';
import type { users } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import type { Transaction } from '../servers/structure.ts';
import { sha256 } from '../sha-256.ts';

type Purpose = (typeof mailTokens.$inferSelect)['purpose'];
type UserRow = typeof users.$inferSelect;

/** In milliseconds. */
const LIFETIME_MS = { verify: 24 * 60 * 60 * 1000, reset: 60 * 60 * 1000 } satisfies Record<
  Purpose,
  number
>;

/** A new token for a link. The one before of its kind stays good: letters overtake each other. */
export async function makeMailToken(
  deps: Deps,
  { id: userId, email }: Pick<UserRow, 'id' | 'email'>,
  purpose: Purpose,
): Promise<string> {
  const token = base64url.encode(crypto.getRandomValues(new Uint8Array(32)));
  const createdAt = new Date(deps.now());
  const expiresAt = new Date(deps.now() + LIFETIME_MS[purpose]);
  const row = { hash: await hashOf(token), userId, purpose, email, createdAt, expiresAt };
  await deps.database.db.insert(mailTokens).values(row);
  return token;
}

/** Uses a token up; undefined when it is unknown, used or has ended. Of two at once one gets it. */
export async function takeMailToken(
  db: Database | Transaction,
  now: number,
  token: string,
  purpose: Purpose,
) {
  const [taken] = await db
    .delete(mailTokens)
    .where(
      and(
        eq(mailTokens.hash, await hashOf(token)),
        eq(mailTokens.purpose, purpose),
        gt(mailTokens.expiresAt, new Date(now)),
      ),
    )
    .returning({ userId: mailTokens.userId, email: mailTokens.email });
  return taken;
}

function hashOf(token: string): Promise<string> {
  return sha256(new TextEncoder().encode(token));
}
