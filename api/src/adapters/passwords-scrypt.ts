import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { ScryptOptions } from 'node:crypto';
import type { Passwords } from '../passwords.ts';

export interface ScryptCost {
  /** Power of two: CPU and memory. */
  N: number;
  r: number;
  p: number;
}

/** 16 MB a hash, which a Worker can spare. Source: OWASP Password Storage Cheat Sheet, scrypt. */
const COST: ScryptCost = { N: 2 ** 14, r: 8, p: 5 };
const KEY_BYTES = 32;
const SALT_BYTES = 16;

/** `scrypt$N$r$p$salt$key`, the last two in base64url. */
export function createScryptPasswords(cost: ScryptCost = COST): Passwords {
  const decoy = { cost, salt: randomBytes(SALT_BYTES), key: Buffer.alloc(KEY_BYTES) };
  return {
    async hash(password) {
      const salt = randomBytes(SALT_BYTES);
      const key = await derive(password, salt, cost);
      const { N, r, p } = cost;
      return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
    },
    async verify(password, hash) {
      const stored = hash === undefined ? decoy : parse(hash);
      const key = await derive(password, stored.salt, stored.cost);
      return timingSafeEqual(key, stored.key) && hash !== undefined;
    },
  };
}

function parse(hash: string): { cost: ScryptCost; salt: Buffer; key: Buffer } {
  const [scheme, N, r, p, salt = '', key = ''] = hash.split('$');
  if (scheme !== 'scrypt') throw new Error('a password hash of an unknown kind is stored');
  return {
    cost: { N: Number(N), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64url'),
    key: Buffer.from(key, 'base64url'),
  };
}

function derive(password: string, salt: Buffer, cost: ScryptCost): Promise<Buffer> {
  const options: ScryptOptions = { ...cost, maxmem: 256 * cost.N * cost.r };
  // Different ways to type the same letters are the same password.
  const typed = password.normalize('NFKC');
  return new Promise((resolve, reject) => {
    scrypt(typed, salt, KEY_BYTES, options, (problem, key) => {
      if (problem) reject(problem);
      else resolve(key);
    });
  });
}
