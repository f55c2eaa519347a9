import { compareSnowflakes } from '@harmonium/api/ids';
import type { Snowflake } from '@harmonium/api/ids';

/** Names the one conversation that two people have, whoever began it. */
export function directKey(one: Snowflake, other: Snowflake): string {
  return [one, other].sort(compareSnowflakes).join(':');
}
