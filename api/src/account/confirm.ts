import type { users } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import type { RateLimit } from '../http/rate-limits.ts';
import { Problem } from '../problem.ts';
import { tryCounted } from '../sessions/guess.ts';

/** Guesses by somebody who holds a session of the account. */
const GUESSES: RateLimit = { name: 'current-password', count: 10, window: 15 * 60 };

/** What matters most asks for the password again: a device left open is not its owner. */
export async function requirePassword(
  deps: Deps,
  user: typeof users.$inferSelect,
  password: string | undefined,
): Promise<void> {
  if (password === undefined) throw new Problem('wrong_password');
  const isRight = await tryCounted(deps, GUESSES, user.id, () =>
    deps.passwords.verify(password, user.passwordHash),
  );
  if (!isRight) throw new Problem('wrong_password');
}
