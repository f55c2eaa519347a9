import type { Snowflake } from '@harmonium/api/ids';

const PREFIX = 'deleted-';

/** What somebody who deleted their account is called from then on; no two are called the same. */
export function nameOfDeleted(userId: Snowflake): string {
  return PREFIX + BigInt(userId).toString(36);
}

/** Nobody else may be called so. @param key of a name, see `nameKey` */
export function isNameOfDeleted(key: string): boolean {
  return key.startsWith(PREFIX);
}
