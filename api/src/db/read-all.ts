import type { Snowflake } from '@harmonium/api/ids';

const PAGE = 1000;
/** Less than every id. */
const START = '0' as Snowflake;

/**
 * Reads to the end of what has no bound, page by page.
 * @param read so many rows after an id, in the order of ids
 */
export async function readAll<Row extends { id: Snowflake }>(
  read: (after: Snowflake, limit: number) => PromiseLike<Row[]>,
): Promise<Row[]> {
  const all: Row[] = [];
  for (;;) {
    const page = await read(all.at(-1)?.id ?? START, PAGE);
    all.push(...page);
    if (page.length < PAGE) return all;
  }
}
