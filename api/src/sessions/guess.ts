import type { Deps } from '../deps.ts';
import { attemptsOf, countAgainst, forgetCount, tooMany } from '../http/rate-limits.ts';
import type { RateLimit } from '../http/rate-limits.ts';

/** In seconds. */
const WINDOW = 15 * 60;
/** Attempts from one address at one account. */
const OWN_ATTEMPTS = 10;
/** Attempts at one account from elsewhere, as its owner's other devices may make. */
const CALM_ATTEMPTS = 10;
/** What an address has at an account that is under attack: enough for its owner, little for others. */
const ATTEMPTS_UNDER_ATTACK = 3;

/** One attempt at an account's password. */
export interface Guess {
  /** Forgets the attempts of this address: they were the owner's. */
  wasRight(): Promise<void>;
}

/**
 * Counts an attempt to log in, before it is looked at; throws `rate_limited` when this address had
 * too many. Whoever attacks an account slows himself: its owner, coming from elsewhere, is let in
 * as ever, so nobody can lock somebody out.
 * @param account the name as it was typed: whether there is such an account makes no difference
 */
export async function countGuess(deps: Deps, account: string, address: string): Promise<Guess> {
  const ownKey = `guess:${account}:${address}`;
  const [all, own] = await Promise.all([
    attemptsOf(deps, `guess:${account}`, WINDOW),
    attemptsOf(deps, ownKey, WINDOW),
  ]);
  if (own !== undefined) {
    const others = (all?.count ?? own.count) - own.count;
    const isAttacked = others > CALM_ATTEMPTS * deps.rateLimitScale;
    const allowed = (isAttacked ? ATTEMPTS_UNDER_ATTACK : OWN_ATTEMPTS) * deps.rateLimitScale;
    if (own.count > allowed) throw tooMany(deps, 'guess', own);
  }
  return { wasRight: () => forgetCount(deps, ownKey) };
}

/**
 * Tries a secret of somebody who is known already. Every attempt counts from the start, so that many
 * at once are no way round the limit; a right one clears the count.
 */
export async function tryCounted(
  deps: Deps,
  limit: RateLimit,
  who: string,
  isRight: () => Promise<boolean>,
): Promise<boolean> {
  await countAgainst(deps, limit, who);
  if (!(await isRight())) return false;
  await forgetCount(deps, `rate:${limit.name}:${who}`);
  return true;
}
