import { firstSnowflakeAt } from '@harmonium/api/ids';
import type { Snowflake } from '@harmonium/api/ids';
import { MAX_PURGE } from '@harmonium/rooms/server-event';
import { and, asc, eq, gte, isNull } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import { channels, messages } from '../db/schema.ts';

/** Everything somebody wrote in a server since then, in milliseconds since the Unix epoch. */
interface Writings {
  serverId: Snowflake;
  authorId: Snowflake;
  since: number;
  by: Snowflake;
}

/**
 * Has every channel's room remove what somebody wrote of late. Rooms look for themselves through
 * what they have not stored yet, so each is told, also where the database knows of nothing.
 */
export async function purgeAuthor(
  core: Core,
  { serverId, authorId, since, by }: Writings,
): Promise<void> {
  const { db } = core.database;
  const rooms = await db
    .select({ id: channels.id, archivedAt: channels.archivedAt })
    .from(channels)
    .where(eq(channels.serverId, serverId))
    .orderBy(asc(channels.id));
  const start = new Date(since);
  for (const { id: channelId, archivedAt } of rooms) {
    const written = await db
      .select({ id: messages.id })
      .from(messages)
      .where(
        and(
          eq(messages.channelId, channelId),
          eq(messages.authorId, authorId),
          gte(messages.id, firstSnowflakeAt(since)),
          gte(messages.createdAt, start),
          isNull(messages.removedAt),
        ),
      );
    // Archived while it was silent: its room has nothing that is not stored.
    if (archivedAt !== null && written.length === 0) continue;
    const late = { type: 'purge', authorId, since: start.toISOString(), by } as const;
    const parts = [];
    for (let at = 0; at < written.length; at += MAX_PURGE) {
      parts.push(written.slice(at, at + MAX_PURGE).map(({ id }) => id));
    }
    const stored = parts.map((ids) => ({ type: 'purge', ids, by }) as const);
    void core.announce('main', channelId, [late, ...stored]);
  }
}
