import { z } from 'zod';

/** First millisecond a snowflake can hold: 2024-01-01T00:00:00Z. */
export const SNOWFLAKE_EPOCH_MS = Date.UTC(2024, 0, 1);

export { compareSnowflakes } from './id-order.ts';

const SEQUENCE_BITS = 12n;
const NODE_BITS = 10n;
const MAX_SNOWFLAKE = (1n << 63n) - 1n;
const MAX_SEQUENCE = (1 << Number(SEQUENCE_BITS)) - 1;

/** Number of distinct snowflake nodes: ids made on different nodes never meet. */
export const SNOWFLAKE_NODES = 1 << Number(NODE_BITS);

/**
 * A 63-bit id as a decimal string: 42 bits of milliseconds since 2024-01-01, 10 bits of node,
 * 12 bits of sequence. Larger ids are younger.
 */
export const Snowflake = z
  .string()
  .max(19)
  // Without the abort the next check is run on any text, and BigInt throws on most.
  .regex(/^[1-9]\d*$/, { abort: true })
  .refine((id) => BigInt(id) <= MAX_SNOWFLAKE)
  .brand('Snowflake');
export type Snowflake = z.infer<typeof Snowflake>;

/** True when `text` is a well-formed snowflake. */
export function isSnowflake(text: string): text is Snowflake {
  return Snowflake.safeParse(text).success;
}

/** Milliseconds since the Unix epoch at which the id was made. */
export function snowflakeTime(id: Snowflake): number {
  return Number(BigInt(id) >> (NODE_BITS + SEQUENCE_BITS)) + SNOWFLAKE_EPOCH_MS;
}

/** The lowest id that can have been made at that moment, in milliseconds since the Unix epoch. */
export function firstSnowflakeAt(time: number): Snowflake {
  const milliseconds = BigInt(Math.max(0, Math.floor(time) - SNOWFLAKE_EPOCH_MS));
  const id = milliseconds << (NODE_BITS + SEQUENCE_BITS);
  return Snowflake.parse((id === 0n ? 1n : id).toString());
}

export interface SnowflakeSource {
  /** The next id: strictly larger than every id this source gave before, whatever the clock does. */
  next(): Snowflake;
}

/**
 * Makes ids on one node.
 * @param node 0 to 1023; two sources that may run at once need different nodes
 * @param now milliseconds since the Unix epoch
 * @param last an id below which nothing may be made (read from storage after a restart)
 */
export function createSnowflakes(options: {
  node: number;
  now: () => number;
  last?: Snowflake;
}): SnowflakeSource {
  const node = BigInt(options.node % SNOWFLAKE_NODES);
  let time = options.last === undefined ? 0 : snowflakeTime(options.last) + 1;
  let sequence = -1;
  return {
    next() {
      const now = options.now();
      if (now > time) {
        time = now;
        sequence = 0;
      } else if (sequence < MAX_SEQUENCE) {
        sequence += 1;
      } else {
        time += 1;
        sequence = 0;
      }
      const milliseconds = BigInt(time - SNOWFLAKE_EPOCH_MS);
      const id =
        (milliseconds << (NODE_BITS + SEQUENCE_BITS)) | (node << SEQUENCE_BITS) | BigInt(sequence);
      return Snowflake.parse(id.toString());
    },
  };
}
