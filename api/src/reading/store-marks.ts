import type { Snowflake } from '@harmonium/api/ids';
import type { ReadMark } from '@harmonium/api/internal';
import { and, eq, inArray, isNotNull, ne, or, sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { channels, members, participants, readMarks } from '../db/schema.ts';

/** Stores marks, the last word counts. Answers the channels that the user is not in any more. */
export async function storeMarks(
  db: Database,
  userId: Snowflake,
  marks: ReadMark[],
): Promise<{ gone: Snowflake[] }> {
  const last = new Map(marks.map((mark) => [mark.channelId, mark]));
  const known = new Set(await ownChannels(db, userId, [...last.keys()]));
  const rows = [...last.values()]
    .filter(({ channelId }) => known.has(channelId))
    .map(({ channelId, messageId }) => ({ userId, channelId, messageId }));
  if (rows.length > 0) {
    await db
      .insert(readMarks)
      .values(rows)
      .onConflictDoUpdate({
        target: [readMarks.userId, readMarks.channelId],
        set: { messageId: sql`excluded.message_id` },
        // A repeat writes nothing.
        setWhere: ne(readMarks.messageId, sql`excluded.message_id`),
      });
  }
  return { gone: [...last.keys()].filter((channelId) => !known.has(channelId)) };
}

/** Those of these channels that belong to the user's servers and conversations. */
async function ownChannels(
  db: Database,
  userId: Snowflake,
  channelIds: Snowflake[],
): Promise<Snowflake[]> {
  const rows = await db
    .select({ id: channels.id })
    .from(channels)
    .leftJoin(members, and(eq(members.serverId, channels.serverId), eq(members.userId, userId)))
    .leftJoin(
      participants,
      and(eq(participants.channelId, channels.id), eq(participants.userId, userId)),
    )
    .where(
      and(
        inArray(channels.id, channelIds),
        or(isNotNull(members.userId), isNotNull(participants.userId)),
      ),
    );
  return rows.map(({ id }) => id);
}
