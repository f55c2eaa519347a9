import type { Channel, ChannelOverride } from '@harmonium/api/channel';
import { sql } from 'drizzle-orm';
import type { channels } from '../db/schema.ts';

/** A channel's overrides as the wire has them, as a column of a query on `channels`. */
export const overridesColumn = sql<ChannelOverride[]>`(
  select coalesce(json_agg(json_build_object(
    'kind', o.kind, 'targetId', o.target_id::text,
    'allow', o.allow::text, 'deny', o.deny::text
  ) order by o.target_id), '[]')
  from channel_overrides o where o.channel_id = channels.id
)`;

export function channelOf(
  row: typeof channels.$inferSelect,
  overrides: ChannelOverride[],
): Channel {
  return {
    id: row.id,
    serverId: row.serverId,
    categoryId: row.categoryId,
    type: row.type,
    name: row.name,
    topic: row.topic,
    position: row.position,
    slowmode: row.slowmode,
    overrides,
  };
}
