import type { Snowflake } from '@harmonium/api/ids';
import type { MessageQuery } from '@harmonium/api/message';
import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { z } from 'zod';
import type { Database } from '../db/database.ts';
import type { Deps } from '../deps.ts';

export type PageQuery = z.output<typeof MessageQuery>;
type Shape = 'latest' | 'before' | 'after' | 'around';

/** Pages of the usual length are prepared once a connection; planning costs as much as reading. */
const USUAL_LIMIT = 50;

/**
 * A page of a channel's stored history, newest first, as the text of its JSON. The database writes the
 * text: reading fifty rows into objects and writing them again costs more than all else together.
 */
export async function pageMessages(
  deps: Deps,
  channelId: Snowflake,
  { before, after, around, limit }: PageQuery,
): Promise<string> {
  const shape = around ? 'around' : after ? 'after' : before ? 'before' : 'latest';
  const cursor = around ?? after ?? before;
  const statement = statementFor(deps.database.db, shape, limit);
  const [row] = await statement.execute({ channelId, cursor });
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
    .select({
      page: sql<string>`coalesce(json_agg(json_build_object(
        'id', m.id::text,
        'channelId', m.channel_id::text,
        'author', json_build_object(
          'id', m.author_id::text, 'username', coalesce(u.username, 'deleted'), 'avatar', u.avatar
        ),
        'content', m.content,
        'createdAt', ${iso('created_at')},
        'editedAt', ${iso('edited_at')},
        'removedAt', ${iso('removed_at')}
      ) order by m.id desc), '[]')::text`,
    })
    .from(sql`(${rowsOf(shape, limit)}) m left join users u on u.id = m.author_id`)
    .prepare(name);
}

/** The rows of a page, read off the index from the cursor on; `around` is in the middle of its page. */
function rowsOf(shape: Shape, limit: number): SQL {
  const half = halfOf(limit);
  switch (shape) {
    case 'latest':
      return read('', 'desc', limit);
    case 'before':
      return read('<', 'desc', limit);
    case 'after':
      return read('>', 'asc', limit);
    case 'around':
      return sql`${read('<=', 'desc', half)} union all ${read('>', 'asc', limit - half)}`;
  }
}

/** Of a page around a message: that message and those before it; the rest comes after it. */
export function halfOf(limit: number): number {
  return Math.ceil(limit / 2);
}

/** The limit is written out: as a parameter it would be unknown to the plan, which then reads it all. */
function read(compare: '' | '<' | '<=' | '>', order: 'asc' | 'desc', limit: number): SQL {
  const cursor =
    compare === '' ? sql`` : sql`and id ${sql.raw(compare)} ${sql.placeholder('cursor')}`;
  return sql`(
    select * from messages where channel_id = ${sql.placeholder('channelId')} ${cursor}
    order by id ${sql.raw(order)} limit ${sql.raw(String(limit))}
  )`;
}

/** A moment of the row as ISO 8601 to the millisecond, or null. */
function iso(column: string): SQL {
  return sql.raw(`to_char(m.${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
}
