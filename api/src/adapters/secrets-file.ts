import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Secrets = z.object({
  /** Signs access tokens, tickets and calls between services. */
  jwt: z.string().min(16),
  /** Signs refresh tokens. */
  refresh: z.string().min(16),
  /** What the one-time owner link carries. */
  ownerCode: z.string().min(16),
});
export type Secrets = z.infer<typeof Secrets>;

/**
 * Secrets made once and kept in the data folder, readable by the process's user only, so that
 * logins outlive a restart. Throws when the file is there and is not what was written.
 */
export function readSecretsFile(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json');
  mkdirSync(dataDir, { recursive: true });
  try {
    // `wx`: of two processes that start at once, one writes and both read the same.
    writeFileSync(file, `${JSON.stringify(makeSecrets(), undefined, 2)}\n`, {
      flag: 'wx',
      mode: 0o600,
    });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return Secrets.parse(JSON.parse(readFileSync(file, 'utf8')));
}

function makeSecrets(): Secrets {
  const secret = (bytes: number) => randomBytes(bytes).toString('base64url');
  return { jwt: secret(32), refresh: secret(32), ownerCode: secret(16) };
}
