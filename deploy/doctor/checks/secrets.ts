import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { bad, ok, warn, wordsOf, type Check } from '../finding.ts';

const FOR_OTHERS = 0o077;
/** Of 32 random bytes in base64url there are hardly fewer different characters. */
const MIN_DIFFERENT = 10;

/** What is in the environment, or in the file that was made in its place. */
export const secrets: Check = async ({ environment: { jwtSecret, jwtRefreshSecret, dataDir } }) => {
  if (jwtSecret === undefined || jwtRefreshSecret === undefined) return [await kept(dataDir)];
  if (jwtSecret === jwtRefreshSecret) {
    return [
      bad('secrets', 'JWT_SECRET and JWT_REFRESH_SECRET are the same.', 'Make two: npm run setup.'),
    ];
  }
  if ([jwtSecret, jwtRefreshSecret].some((secret) => new Set(secret).size < MIN_DIFFERENT)) {
    return [
      bad(
        'secrets',
        'JWT_SECRET or JWT_REFRESH_SECRET can be guessed.',
        'Take them out of .env and run npm run setup: it makes random ones. All have to log in again.',
      ),
    ];
  }
  return [ok('secrets', 'given, and apart')];
};

async function kept(dataDir: string) {
  const file = join(dataDir, 'secrets.json');
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) return ok('secrets', 'made at the first start');
  if ((found.mode & FOR_OTHERS) !== 0) {
    return warn('secrets', `${file} can be read by others.`, `chmod 600 ${file}`);
  }
  try {
    JSON.parse(await readFile(file, 'utf8'));
    return ok('secrets', file);
  } catch (error) {
    return bad(
      'secrets',
      `${file} cannot be read: ${wordsOf(error)}`,
      'Put it back from a backup, or delete it: all have to log in again then.',
    );
  }
}
