import type { Snowflake } from '@harmonium/api/ids';
import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import { channels, messages } from '../../db/schema.ts';
import type { Deps } from '../../deps.ts';

/** Messages read at a time; a line is written for each. */
const PAGE = 1000;

/**
 * Channels the user has written in, one after the other; `serverId` is null for direct ones. Each is
 * found by skipping over the messages of the one before in the index of authors.
 */
export async function* writtenChannels({ database: { db } }: Deps, userId: Snowflake) {
  let last: Snowflake | undefined;
  for (;;) {
    const [next] = await db
      .select({ channelId: messages.channelId, serverId: channels.serverId })
      .from(messages)
      .innerJoin(channels, eq(channels.id, messages.channelId))
      .where(
        and(
          eq(messages.authorId, userId),
          last === undefined ? undefined : gt(messages.channelId, last),
        ),
      )
      .orderBy(asc(messages.channelId))
      .limit(1);
    if (next === undefined) return;
    yield next;
    last = next.channelId;
  }
}

/** What the user wrote in a channel and did not remove, oldest first, a line of JSON each. */
export async function* exportedMessages(
  { database: { db } }: Deps,
  userId: Snowflake,
  channelId: Snowflake,
): AsyncGenerator<string> {
  let last: Snowflake | undefined;
  for (;;) {
    const page = await db
      .select({
        id: messages.id,
        content: messages.content,
        createdAt: messages.createdAt,
        editedAt: messages.editedAt,
        replyTo: messages.replyTo,
        mentions: messages.mentions,
        attachments: messages.attachments,
        threadId: messages.threadId,
      })
      .from(messages)
      .where(
        and(
          eq(messages.authorId, userId),
          eq(messages.channelId, channelId),
          isNull(messages.removedAt),
          last === undefined ? undefined : gt(messages.id, last),
        ),
      )
      .orderBy(asc(messages.id))
      .limit(PAGE);
    if (page.length > 0) yield page.map((row) => `${JSON.stringify(row, said)}\n`).join('');
    if (page.length < PAGE) return;
    last = page.at(-1)?.id;
  }
}

/** Leaves out what a message does not have; that it was never edited is said. */
function said(name: string, value: unknown): unknown {
  return value === null && name !== 'editedAt' ? undefined : value;
}
