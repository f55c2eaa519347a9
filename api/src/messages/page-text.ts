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
  ',"reactions":' || r.reactions,
  '}'
)`;

/** All of them, the youngest first, as the text of a JSON array. */
export const PAGE_TEXT = sql<string>`'[' || coalesce(
  string_agg(${MESSAGE_TEXT}, ',' order by m.id desc), ''
) || ']'`;

/**
 * The rows of a page as `m`, with their authors as `u` and what is on each of them as `r`: message by
 * message, as an embedded database plans for tables as they were when they were empty, and would look
 * through all reactions of a channel for those of a page.
 */
export function withReactions(rows: SQL): SQL {
  return sql`(${rows}) m left join users u on u.id = m.author_id left join lateral (
    select json_agg(
      json_build_object('emoji', emoji, 'count', count, 'me', me) order by first, emoji
    )::text as reactions
    from (
      select emoji, count(*) as count, min(created_at) as first,
        bool_or(user_id = ${sql.placeholder('readerId')}) as me
      from reactions where channel_id = m.channel_id and message_id = m.id group by emoji
    ) put
  ) r on true`;
}

/** A moment of the row as ISO 8601 to the millisecond, or null. */
function iso(column: string): SQL {
  const text = `to_char(m.${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  return sql.raw(`coalesce('"' || ${text} || '"', 'null')`);
}
