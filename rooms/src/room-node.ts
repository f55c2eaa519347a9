import { SNOWFLAKE_NODES } from '@harmonium/api/ids';

/** Spreads rooms over snowflake nodes (FNV-1a), so that ids of two channels rarely meet. */
export function snowflakeNode(roomId: string): number {
  let hash = 0x811c9dc5;
  for (const char of roomId) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0) % SNOWFLAKE_NODES;
}
