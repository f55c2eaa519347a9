import type { Snowflake } from '@harmonium/api/ids';
import type { MessageQuery } from '@harmonium/api/message';
import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { z } from 'zod';
import type { Database } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import { PAGE_TEXT, withReactions } from './page-text.ts';

export type PageQuery = z.output<typeof MessageQuery>;
type Shape = 'latest' | 'before' | 'after' | 'around' | 'named';

/** Pages of the usual length are prepared once a connection; planning costs as much as reading. */
const USUAL_LIMIT = 50;
/** No id is larger. */
const LAST_ID = sql.raw('9223372036854775807');

/**
 * A page of a channel's stored history, newest first, as the text of its JSON. The database writes the
 * text: reading fifty rows into objects and writing them again costs more than all else together.
 * @param readerId whose reactions are told apart from those of others
 */
export async function pageMessages(
  deps: Pick<Deps, 'database'>,
  channelId: Snowflake,
  readerId: Snowflake,
  { before, after, around, limit }: PageQuery,
): Promise<string> {
  const shape = around ? 'around' : after ? 'after' : before ? 'before' : 'latest';
  const cursor = around ?? after ?? before;
  const statement = statementFor(deps.database.db, shape, limit);
  const [row] = await statement.execute({ channelId, readerId, cursor });
  return row?.page ?? '[]';
}

/** Those of these messages that are stored, likewise. */
export async function messagesById(
  deps: Pick<Deps, 'database'>,
  channelId: Snowflake,
  readerId: Snowflake,
  ids: readonly Snowflake[],
): Promise<string> {
  const statement = statementFor(deps.database.db, 'named', USUAL_LIMIT);
  const [row] = await statement.execute({ channelId, readerId, ids: JSON.stringify(ids) });
  return row?.page ?? '[]';
}

type Statement = ReturnType<typeof prepareStatement>;
const prepared = new WeakMap<Database, Map<Shape, Statement>>();

function statementFor(db: Database, shape: Shape, limit: number): Statement {
  // Without a name a statement is forgotten after use.
  if (limit !== USUAL_LIMIT) return prepareStatement(db, '', shape, limit);
  const known = prepared.get(db) ?? new Map<Shape, Statement>();
  prepared.set(db, known);
  const statement = known.get(shape) ?? prepareStatement(db, `page_${shape}`, shape, limit);
  known.set(shape, statement);
  return statement;
}

function prepareStatement(db: Database, name: string, shape: Shape, limit: number) {
  return db
    .select({ page: PAGE_TEXT })
    .from(withReactions(rowsOf(shape, limit)))
    .prepare(name);
}

/** The rows of a page, read off the index from the cursor on; `around` is in the middle of its page. */
function rowsOf(shape: Shape, limit: number): SQL {
  const half = halfOf(limit);
  switch (shape) {
    case 'latest':
      // With a bound, or it would be planned as a sort of all of them while there are few.
      return read('<=', 'desc', limit, LAST_ID);
    case 'before':
      return read('<', 'desc', limit);
    case 'after':
      return read('>', 'asc', limit);
    case 'around':
      return sql`${read('<=', 'desc', half)} union all ${read('>', 'asc', limit - half)}`;
    case 'named':
      // One by one: planned while there were few messages, it would look through all of them.
      return sql`
        select found.* from json_array_elements_text(${sql.placeholder('ids')}::json) asked
        cross join lateral (
          select * from messages
          where channel_id = ${sql.placeholder('channelId')} and id = asked::bigint limit 1
        ) found`;
  }
}

/** Of a page around a message: that message and those before it; the rest comes after it. */
export function halfOf(limit: number): number {
  return Math.ceil(limit / 2);
}

/** The limit is written out: as a parameter it would be unknown to the plan, which then reads it all. */
function read(
  compare: '<' | '<=' | '>',
  order: 'asc' | 'desc',
  limit: number,
  bound: unknown = sql.placeholder('cursor'),
): SQL {
  return sql`(
    select * from messages
    where channel_id = ${sql.placeholder('channelId')} and id ${sql.raw(compare)} ${bound}
    order by id ${sql.raw(order)} limit ${sql.raw(String(limit))}
  )`;
}
