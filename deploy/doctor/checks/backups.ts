import { existsSync } from 'node:fs';
import { newestIn, readManifest } from '../../backup/restore.ts';
import { ok, warn, wordsOf, type Check } from '../finding.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const OLD_AFTER_DAYS = 8;
const CURE = 'npm run backup makes one; docs/self-hosting.md has the way of compose.';

/** The age of the newest backup, where backups can be seen from here. */
export function backupsIn(folder: string): Check {
  return async function backups() {
    if (!existsSync(folder)) return [];
    try {
      const { at } = await readManifest(await newestIn(folder));
      const days = Math.floor((Date.now() - Date.parse(at)) / DAY_MS);
      const says = `The newest in ${folder} is ${days} days old.`;
      return [days < OLD_AFTER_DAYS ? ok('backup', says) : warn('backup', says, CURE)];
    } catch (error) {
      return [warn('backup', wordsOf(error), CURE)];
    }
  };
}
