import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Environment } from '../config.ts';
import { ownerCodeOf } from './owner-code.ts';

export interface Secrets {
  /** Signs access tokens, tickets and calls between services. */
  jwt: string;
  /** Signs refresh tokens. */
  refresh: string;
  /** What the one-time owner link carries. */
  ownerCode: string;
}

/**
 * The secrets that are given; those that are not are made once and kept in the data folder, readable
 * by the process's user only, so that logins outlive a restart.
 * Throws when the file is there and is not what was written.
 */
export function readSecrets({ jwtSecret, jwtRefreshSecret, dataDir }: Environment): Secrets {
  const jwt = jwtSecret ?? readFile(dataDir).jwt;
  return {
    jwt,
    refresh: jwtRefreshSecret ?? readFile(dataDir).refresh,
    ownerCode: ownerCodeOf(jwt),
  };
}

const SecretsFile = z.object({ jwt: z.string().min(16), refresh: z.string().min(16) });

function readFile(dataDir: string): z.infer<typeof SecretsFile> {
  const file = join(dataDir, 'secrets.json');
  mkdirSync(dataDir, { recursive: true });
  const secret = () => randomBytes(32).toString('base64url');
  const text = JSON.stringify({ jwt: secret(), refresh: secret() }, undefined, 2);
  try {
    // `wx`: of two processes that start at once, one writes and both read the same.
    writeFileSync(file, `${text}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return SecretsFile.parse(JSON.parse(readFileSync(file, 'utf8')));
}
