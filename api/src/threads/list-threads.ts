import type { Snowflake } from '@harmonium/api/ids';
import { MAX_COUNTED_MESSAGES } from '@harmonium/api/thread';
import type { Thread, ThreadQuery } from '@harmonium/api/thread';
import { and, desc, eq, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { serverChannelAccess } from '../access.ts';
import { channelOf, overridesColumn } from '../channels/channel-of.ts';
import { channels } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { lastIdColumn } from './active-threads.ts';

const countColumn = sql<number>`(
  select count(*)::int from (
    select from messages said where said.channel_id = channels.id and said.removed_at is null
    limit ${sql.raw(String(MAX_COUNTED_MESSAGES))}
  ) counted
)`;

/** The threads of a channel, the youngest first. */
export async function listThreads(
  deps: Deps,
  userId: Snowflake,
  channelId: Snowflake,
  { archived, before, ids, limit }: z.output<typeof ThreadQuery>,
): Promise<Thread[]> {
  await serverChannelAccess(deps, userId, channelId);
  const isWanted = archived === 'true' ? isNotNull : isNull;
  const rows = await deps.database.db
    .select({
      channel: channels,
      overrides: overridesColumn,
      messages: countColumn,
      lastId: lastIdColumn,
    })
    .from(channels)
    .where(
      and(
        eq(channels.parentId, channelId),
        isNotNull(channels.serverId),
        ids === undefined ? isWanted(channels.archivedAt) : inArray(channels.id, ids),
        before === undefined ? undefined : lt(channels.id, before),
      ),
    )
    .orderBy(desc(channels.id))
    .limit(limit);
  return rows.map(({ channel, overrides, messages, lastId }) => ({
    channel: channelOf(channel, overrides),
    messages,
    lastId,
  }));
}
