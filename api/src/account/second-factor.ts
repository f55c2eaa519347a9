import { and, eq, isNull, lt, or } from 'drizzle-orm';
import { recoveryCodes, users } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import type { RateLimit } from '../http/rate-limits.ts';
import { Problem } from '../problem.ts';
import { tryCounted } from '../sessions/guess.ts';
import { hashOfRecoveryCode } from './recovery-codes.ts';
import { stepOfCode } from './totp-code.ts';

type UserRow = typeof users.$inferSelect;

/**
 * Wrong codes at one account, from wherever they come: whoever guesses knows the password already.
 * Recovery codes are beyond guessing and do not count, so the owner has a way in meanwhile.
 */
const GUESSES: RateLimit = { name: 'totp', count: 5, window: 15 * 60 };

/** Throws `totp_required` or `wrong_totp` unless the user has no second factor or shows it. */
export async function requireSecondFactor(
  deps: Deps,
  user: UserRow,
  code: string | undefined,
): Promise<void> {
  if (user.totpSince === null) return;
  if (code === undefined) throw new Problem('totp_required');
  const plain = code.replace(/[\s-]/g, '').toLowerCase();
  const isRight = /^\d{6}$/.test(plain)
    ? await tryCounted(deps, GUESSES, user.id, () => spendTotp(deps, user, plain))
    : await spendRecoveryCode(deps, user, plain);
  if (!isRight) throw new Problem('wrong_totp');
}

/** Each code is good once, also when it comes twice at the same moment. */
async function spendTotp(deps: Deps, user: UserRow, code: string): Promise<boolean> {
  const step = await stepShown(deps, user, code);
  if (step === undefined || user.totpSecret === null) return false;
  const [spent] = await deps.database.db
    .update(users)
    .set({ totpStep: step })
    .where(
      and(
        eq(users.id, user.id),
        eq(users.totpSecret, user.totpSecret),
        or(isNull(users.totpStep), lt(users.totpStep, step)),
      ),
    )
    .returning({ id: users.id });
  return spent !== undefined;
}

async function stepShown(deps: Deps, user: UserRow, code: string): Promise<number | undefined> {
  if (user.totpSecret === null) return undefined;
  try {
    return stepOfCode(await deps.vault.open(user.totpSecret, user.id), code, deps.now());
  } catch (error) {
    // JWT_SECRET is another than it was: a recovery code still opens the door.
    deps.log.error('a second factor cannot be read', { userId: user.id, error });
    return undefined;
  }
}

async function spendRecoveryCode(deps: Deps, { id }: UserRow, code: string): Promise<boolean> {
  const [spent] = await deps.database.db
    .update(recoveryCodes)
    .set({ usedAt: new Date(deps.now()) })
    .where(
      and(
        eq(recoveryCodes.userId, id),
        eq(recoveryCodes.hash, await hashOfRecoveryCode(code)),
        isNull(recoveryCodes.usedAt),
      ),
    )
    .returning({ hash: recoveryCodes.hash });
  return spent !== undefined;
}
