import type { Snowflake } from '@harmonium/api/ids';
import type { MessageQuery } from '@harmonium/api/message';
import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';

/**
 * A page of a channel's history, newest first, as the text of its JSON. The database writes the
 * text: reading fifty rows into objects and writing them again costs more than all else together.
 */
export async function pageMessages(
  deps: Deps,
  channelId: Snowflake,
  query: z.output<typeof MessageQuery>,
): Promise<string> {
  const result = await deps.database.db.execute(sql`
    select coalesce(json_agg(json_build_object(
      'id', m.id::text,
      'channelId', m.channel_id::text,
      'author', json_build_object(
        'id', m.author_id::text, 'username', coalesce(u.username, 'deleted'), 'avatar', u.avatar
      ),
      'content', m.content,
      'createdAt', ${iso(sql`m.created_at`)},
      'editedAt', ${iso(sql`m.edited_at`)},
      'removedAt', ${iso(sql`m.removed_at`)}
    ) order by m.id desc), '[]')::text as page
    from (${rowsOf(channelId, query)}) m left join users u on u.id = m.author_id`);
  // Every driver we use answers with `{rows}`; the shared type does not say so.
  const { rows } = result as { rows: { page: string }[] };
  return rows[0]?.page ?? '[]';
}

/** The rows of a page, read off the index from the cursor on; `around` is in the middle of its page. */
function rowsOf(
  channelId: Snowflake,
  { before, after, around, limit }: z.output<typeof MessageQuery>,
): SQL {
  const from = sql`select * from messages where channel_id = ${channelId}`;
  const older = (cursor: SQL, count: number) =>
    sql`(${from} ${cursor} order by id desc limit ${count})`;
  const newer = (cursor: SQL, count: number) =>
    sql`(${from} ${cursor} order by id asc limit ${count})`;
  if (around !== undefined) {
    const half = Math.ceil(limit / 2);
    const upTo = older(sql`and id <= ${around}`, half);
    return sql`${upTo} union all ${newer(sql`and id > ${around}`, limit - half)}`;
  }
  if (after !== undefined) return newer(sql`and id > ${after}`, limit);
  return older(before === undefined ? sql`` : sql`and id < ${before}`, limit);
}

/** A moment as ISO 8601 to the millisecond, or null. */
function iso(moment: SQL): SQL {
  return sql`to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
