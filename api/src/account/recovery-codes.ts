import { RECOVERY_CODES } from '@harmonium/api/account';
import type { RecoveryCodes } from '@harmonium/api/account';
import type { Snowflake } from '@harmonium/api/ids';
import { eq } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import { recoveryCodes, users } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import type { Transaction } from '../servers/structure.ts';
import { sha256 } from '../sha-256.ts';
import { findUser } from '../users/find-user.ts';
import { requirePassword } from './confirm.ts';

/** Without 0, 1, i, l, o and u: 30 that are not mistaken for each other, written down by hand. */
const LETTERS = '23456789abcdefghjkmnpqrstvwxyz';
/** About 59 bits. */
const LENGTH = 12;
const GROUP = /.{4}(?=.)/g;

/** New codes in place of those there were, to be shown once. */
export async function replaceRecoveryCodes(tx: Transaction, userId: Snowflake): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, makeCode);
  const hashes = await Promise.all(codes.map(hashOfRecoveryCode));
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await tx.insert(recoveryCodes).values(hashes.map((hash) => ({ userId, hash })));
  return codes.map((code) => code.replace(GROUP, '$&-'));
}

/** @param code lower case, without spaces and hyphens */
export function hashOfRecoveryCode(code: string): Promise<string> {
  return sha256(new TextEncoder().encode(code));
}

/** For somebody who has used theirs up or lost them. */
export async function renewRecoveryCodes(
  core: Core,
  userId: Snowflake,
  password: string,
): Promise<RecoveryCodes> {
  const user = await findUser(core, userId);
  await requirePassword(core, user, password);
  return core.database.db.transaction(async (tx) => {
    // The lock keeps two renewals from leaving twenty codes.
    const [locked] = await tx
      .select({ totpSince: users.totpSince })
      .from(users)
      .where(eq(users.id, userId))
      .for('no key update');
    if (locked === undefined || locked.totpSince === null) throw new Problem('totp_off');
    return { recoveryCodes: await replaceRecoveryCodes(tx, userId) };
  });
}

function makeCode(): string {
  let code = '';
  while (code.length < LENGTH) {
    for (const byte of crypto.getRandomValues(new Uint8Array(LENGTH * 2))) {
      // 240 is the largest multiple of 30 in a byte: beyond it some letters would be likelier.
      if (byte < 240 && code.length < LENGTH) code += LETTERS[byte % LETTERS.length];
    }
  }
  return code;
}
