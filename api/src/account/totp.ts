import type { RecoveryCodes, TotpSetup } from '@harmonium/api/account';
import type { Snowflake } from '@harmonium/api/ids';
import { and, eq, isNull } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import { recoveryCodes, users } from '../db/schema.ts';
import type { RateLimit } from '../http/rate-limits.ts';
import { countAgainst } from '../http/rate-limits.ts';
import { Problem } from '../problem.ts';
import { findUser } from '../users/find-user.ts';
import { tellDevices } from '../users/tell-of-user.ts';
import { requirePassword } from './confirm.ts';
import { replaceRecoveryCodes } from './recovery-codes.ts';
import { requireSecondFactor } from './second-factor.ts';
import { makeTotpSecret, stepOfCode, totpUri } from './totp-code.ts';

/** First codes shown wrong. */
const CONFIRMATIONS: RateLimit = { name: 'totp-confirm', count: 20, window: 15 * 60 };

/** A secret for an authenticator. Logging in asks for no code before the first one was shown. */
export async function beginTotp(
  core: Core,
  userId: Snowflake,
  password: string,
): Promise<TotpSetup> {
  const user = await findUser(core, userId);
  await requirePassword(core, user, password);
  const secret = makeTotpSecret();
  const [begun] = await core.database.db
    .update(users)
    .set({ totpSecret: await core.vault.seal(secret, userId), totpStep: null })
    .where(and(eq(users.id, userId), isNull(users.totpSince)))
    .returning({ id: users.id });
  if (begun === undefined) throw new Problem('totp_on');
  const { name } = await core.settings.read();
  return { secret, uri: totpUri(secret, name, user.username) };
}

/** From the first right code on, logging in asks for one. */
export async function confirmTotp(
  core: Core,
  userId: Snowflake,
  code: string,
): Promise<RecoveryCodes> {
  await countAgainst(core, CONFIRMATIONS, userId);
  const { totpSecret, totpSince } = await findUser(core, userId);
  if (totpSince !== null) throw new Problem('totp_on');
  if (totpSecret === null) throw new Problem('totp_off');
  const secret = await core.vault.open(totpSecret, userId);
  const totpStep = stepOfCode(secret, code.replace(/[\s-]/g, ''), core.now());
  if (totpStep === undefined) throw new Problem('wrong_totp');
  const codes = await core.database.db.transaction(async (tx) => {
    const [confirmed] = await tx
      .update(users)
      .set({ totpSince: new Date(core.now()), totpStep })
      .where(and(eq(users.id, userId), isNull(users.totpSince), eq(users.totpSecret, totpSecret)))
      .returning({ id: users.id });
    if (confirmed === undefined) throw new Problem('totp_on');
    return replaceRecoveryCodes(tx, userId);
  });
  tellDevices(core, userId);
  return { recoveryCodes: codes };
}

export async function endTotp(
  core: Core,
  userId: Snowflake,
  { password, code }: { password: string; code: string },
): Promise<void> {
  const user = await findUser(core, userId);
  if (user.totpSince === null) throw new Problem('totp_off');
  await requirePassword(core, user, password);
  await requireSecondFactor(core, user, code);
  await core.database.db.transaction(async (tx) => {
    await tx
      .update(users)
      .set({ totpSecret: null, totpSince: null, totpStep: null })
      .where(eq(users.id, userId));
    await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  });
  tellDevices(core, userId);
}
