import type { Snowflake } from '@harmonium/api/ids';
import { sql } from 'drizzle-orm';
import type { channels } from '../db/schema.ts';

/** A direct conversation as a gate hands it out. */
export interface Conversation {
  id: Snowflake;
  serverId: null;
  type: 'direct' | 'group';
  name: string;
  ownerId: Snowflake | null;
  slowmode: 0;
  /** In the order in which they came. */
  participants: Snowflake[];
}

/** Who is in it, as a column of a query on `channels`. */
export const participantsColumn = sql<Snowflake[]>`(
  select coalesce(json_agg(p.user_id::text order by p.joined_at, p.user_id), '[]')
  from participants p where p.channel_id = channels.id
)`;

/** One of the two blocked the other or is gone, as a column of a query on `channels`. */
export const silencedColumn = sql<boolean>`(channels.type = 'direct' and exists (
  select 1 from participants p join users u on u.id = p.user_id
  where p.channel_id = channels.id and (u.deleted_at is not null or exists (
    select 1 from relationships r join participants q on q.user_id = r.other_id
    where r.user_id = p.user_id and r.kind = 'blocked' and q.channel_id = channels.id
  ))
))`;

export function conversationOf(
  row: typeof channels.$inferSelect,
  participants: Snowflake[],
): Conversation {
  const { id, type, name, ownerId } = row;
  if (type !== 'direct' && type !== 'group') {
    throw new TypeError('A channel of a server was read as a direct conversation.');
  }
  return { id, serverId: null, type, name, ownerId, slowmode: 0, participants };
}
