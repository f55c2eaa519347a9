/**
 * Negative when `a` is older than `b`, positive when younger, 0 when equal. Apart from the schema of
 * ids, so that a browser gets the order without zod.
 */
export function compareSnowflakes(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
