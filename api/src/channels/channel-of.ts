import type { Channel, ChannelOverride } from '@harmonium/api/channel';
import { sql } from 'drizzle-orm';
import type { channels } from '../db/schema.ts';

/**
 * A channel's overrides as the wire has them, as a column of a query on `channels`: those of a thread
 * are its channel's, so that whoever decides by them never has to know that it is one.
 */
export const overridesColumn = sql<ChannelOverride[]>`(
  select coalesce(json_agg(json_build_object(
    'kind', o.kind, 'targetId', o.target_id::text,
    'allow', o.allow::text, 'deny', o.deny::text
  ) order by o.target_id), '[]')
  from channel_overrides o where o.channel_id = coalesce(channels.parent_id, channels.id)
)`;

type Row = Pick<
  typeof channels.$inferSelect,
  | 'id'
  | 'serverId'
  | 'categoryId'
  | 'type'
  | 'parentId'
  | 'starterId'
  | 'ownerId'
  | 'archivedAt'
  | 'name'
  | 'topic'
  | 'position'
  | 'slowmode'
>;

/** A server's channel; direct conversations have another shape. */
export function channelOf(row: Row, overrides: ChannelOverride[]): Channel {
  const { serverId, type } = row;
  if (serverId === null || type === 'direct' || type === 'group') {
    throw new TypeError('A direct conversation was read as a channel of a server.');
  }
  return {
    id: row.id,
    serverId,
    categoryId: row.categoryId,
    type,
    ...(row.parentId !== null && { parentId: row.parentId }),
    ...(row.starterId !== null && { starterId: row.starterId }),
    ...(row.ownerId !== null && { ownerId: row.ownerId }),
    ...(row.archivedAt !== null && { archived: true as const }),
    name: row.name,
    topic: row.topic,
    position: row.position,
    slowmode: row.slowmode,
    overrides,
  };
}
