import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';

/**
 * One message `m` of a page, as text, with what few have left out where it has none: NULL and what is
 * put together with it count as nothing. By hand, as json_build_object takes three times as long.
 */
const MESSAGE_TEXT = sql`concat(
  '{"id":"', m.id,
  '","channelId":"', m.channel_id,
  '","author":{"id":"', m.author_id,
  '","username":', to_json(coalesce(u.username, 'deleted')),
  ',"avatar":', coalesce(to_json(u.avatar)::text, 'null'),
  '},"content":', to_json(m.content),
  ',"createdAt":', ${iso('created_at')},
  ',"editedAt":', ${iso('edited_at')},
  ',"removedAt":', ${iso('removed_at')},
  ',"replyTo":"' || m.reply_to || '"',
  ',"mentions":' || m.mentions::text,
  ',"attachments":' || m.attachments::text,
  ',"embeds":' || m.embeds::text,
  ',"threadId":"' || m.thread_id || '"',
  ',"reactions":' || m.reactions,
  '}'
)`;

/** All of them, the youngest first, as the text of a JSON array. */
export const PAGE_TEXT = sql<string>`'[' || coalesce(
  string_agg(${MESSAGE_TEXT}, ',' order by m.id desc), ''
) || ']'`;

/** Whether there are other messages in between. */
type Reach = 'together' | 'apart';

/** Of a page, all reactions are one range of their index: with none there it costs one look. */
const REACHES = {
  together: sql`between (select min(id) from page) and (select max(id) from page)`,
  apart: sql`in (select id from page)`,
} satisfies Record<Reach, SQL>;

/** The rows of a page as `m`, with what is on each of them, and their authors as `u`. */
export function withReactions(rows: SQL, reach: Reach): SQL {
  return sql`(
    with page as materialized (${rows}), put as (
      select message_id, emoji, count(*) as count, min(created_at) as first,
        bool_or(user_id = ${sql.placeholder('readerId')}) as me
      from reactions
      where channel_id = ${sql.placeholder('channelId')} and message_id ${REACHES[reach]}
      group by message_id, emoji
    )
    select page.*, on_it.reactions from page left join (
      select message_id, json_agg(
        json_build_object('emoji', emoji, 'count', count, 'me', me) order by first, emoji
      )::text as reactions
      from put group by message_id
    ) on_it on on_it.message_id = page.id
  ) m left join users u on u.id = m.author_id`;
}

/** A moment of the row as ISO 8601 to the millisecond, or null. */
function iso(column: string): SQL {
  const text = `to_char(m.${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  return sql.raw(`coalesce('"' || ${text} || '"', 'null')`);
}
