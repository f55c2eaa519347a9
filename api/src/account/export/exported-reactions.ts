import type { Snowflake } from '@harmonium/api/ids';
import { and, asc, eq, sql } from 'drizzle-orm';
import { reactions } from '../../db/schema.ts';
import type { Deps } from '../../deps.ts';

/** Reactions read at a time; a line is written for each. */
const PAGE = 1000;

/** What the user put on messages, by channel and message, a line of JSON each. */
export async function* exportedReactions(
  { database: { db } }: Deps,
  userId: Snowflake,
): AsyncGenerator<string> {
  const { channelId, messageId, emoji, createdAt } = reactions;
  let last: { channelId: Snowflake; messageId: Snowflake; emoji: string } | undefined;
  for (;;) {
    const page = await db
      .select({ channelId, messageId, emoji, createdAt })
      .from(reactions)
      .where(
        and(
          eq(reactions.userId, userId),
          last &&
            sql`(${channelId}, ${messageId}, ${emoji}) > (${last.channelId}, ${last.messageId}, ${last.emoji})`,
        ),
      )
      .orderBy(asc(channelId), asc(messageId), asc(emoji))
      .limit(PAGE);
    if (page.length > 0) yield page.map((row) => `${JSON.stringify(row)}\n`).join('');
    if (page.length < PAGE) return;
    last = page.at(-1);
  }
}
