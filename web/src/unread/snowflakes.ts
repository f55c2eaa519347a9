import { compareSnowflakes } from '@harmonium/api/id-order';
import type { Snowflake } from '@harmonium/api/ids';

const EPOCH_MS = Date.UTC(2024, 0, 1);
const BITS_BELOW_TIME = 22n;

/** The id that everything said until then is below of; as the rooms make ids, without their schema. */
export function snowflakeAt(time: number): Snowflake {
  const id = BigInt(Math.max(1, time - EPOCH_MS)) << BITS_BELOW_TIME;
  return String(id) as Snowflake; // The digits of a bigint that is above zero.
}

/** When it was made, milliseconds since the Unix epoch. */
export function timeOfSnowflake(id: Snowflake): number {
  return Number(BigInt(id) >> BITS_BELOW_TIME) + EPOCH_MS;
}

/** The mark with which this message is the first that is not read. */
export function justBefore(id: Snowflake): Snowflake {
  return String(BigInt(id) - 1n) as Snowflake; // No message has the id 1.
}

export function youngerOf(
  one: Snowflake | undefined,
  other: Snowflake | undefined,
): Snowflake | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return compareSnowflakes(one, other) > 0 ? one : other;
}
