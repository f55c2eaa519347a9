import type { Snowflake } from '@harmonium/api/ids';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { channels, messageWords, messages } from '../db/schema.ts';
import type { Transaction } from '../servers/structure.ts';
import { messageVector } from './message-vector.ts';

/**
 * Makes messages of one channel found by what they say now, and those that were removed by nothing.
 * Reads them as they are stored and keeps them so until the transaction ends: whoever comes last has
 * the last word.
 */
export async function indexMessages(
  tx: Transaction,
  channelId: Snowflake,
  ids: readonly Snowflake[],
): Promise<void> {
  if (ids.length === 0) return;
  const { authorId, content, mentions, attachments, embeds, removedAt } = messages;
  const rows = await tx
    .select({
      id: messages.id,
      message: { authorId, content, mentions, attachments, embeds },
      removedAt,
      scopeId: sql<Snowflake>`coalesce(${channels.serverId}, ${channels.id})::text`,
    })
    .from(messages)
    .innerJoin(channels, eq(channels.id, messages.channelId))
    .where(and(eq(messages.channelId, channelId), inArray(messages.id, [...ids])))
    .for('share', { of: messages });
  const gone = rows.filter((row) => row.removedAt !== null).map(({ id }) => id);
  const there = rows.filter((row) => row.removedAt === null);
  if (gone.length > 0) {
    await tx
      .delete(messageWords)
      .where(and(eq(messageWords.channelId, channelId), inArray(messageWords.id, gone)));
  }
  if (there.length === 0) return;
  const found = there.map(({ id, scopeId, message }) => ({
    id,
    scope: scopeId,
    words: messageVector(told(message), [scopeId, channelId]),
  }));
  await tx.execute(sql`
    insert into message_words (channel_id, id, scope_id, words)
    select ${channelId}::bigint, id, scope, words::tsvector
    from json_to_recordset(${JSON.stringify(found)}::json) as row(
      id bigint, scope bigint, words text
    )
    on conflict (channel_id, id) do update
    set words = excluded.words, scope_id = excluded.scope_id
    where message_words.words <> excluded.words or message_words.scope_id <> excluded.scope_id`);
}

type Row = Pick<
  typeof messages.$inferSelect,
  'authorId' | 'content' | 'mentions' | 'attachments' | 'embeds'
>;

function told({ mentions, attachments, embeds, ...row }: Row) {
  return {
    ...row,
    ...(mentions !== null && { mentions }),
    ...(attachments !== null && { attachments }),
    ...(embeds !== null && { embeds }),
  };
}
