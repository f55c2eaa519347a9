import type { Snowflake } from '@harmonium/api/ids';
import { customType, timestamp } from 'drizzle-orm/pg-core';

/**
 * A snowflake stored as BIGINT, so that it compares and sorts as a number, and read as the decimal
 * string the rest of the product knows. Drivers hand BIGINT over as string, number or bigint.
 */
export const snowflake = customType<{ data: Snowflake; driverData: unknown }>({
  dataType: () => 'bigint',
  fromDriver: (value) => String(value) as Snowflake, // Only snowflakes are ever written.
});

/** A set of permission bits. */
export const permissionBits = customType<{ data: bigint; driverData: unknown }>({
  dataType: () => 'bigint',
  toDriver: (value) => value.toString(),
  fromDriver: (value) => BigInt(String(value)),
});

/** A moment, to the millisecond as JavaScript counts. */
export function moment(name: string) {
  return timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });
}

/** Words with their places, written as PostgreSQL's own text form. */
export const textVector = customType<{ data: string }>({ dataType: () => 'tsvector' });
