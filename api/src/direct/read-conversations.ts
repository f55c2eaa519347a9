import type { DirectChannel } from '@harmonium/api/direct';
import { MAX_CONVERSATIONS } from '@harmonium/api/direct';
import type { Snowflake } from '@harmonium/api/ids';
import type { User } from '@harmonium/api/user';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { channels, participants } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import type { Transaction } from '../servers/structure.ts';

const lastMessageId = sql<Snowflake | null>`(
  select m.id::text from messages m where m.channel_id = channels.id order by m.id desc limit 1
)`;

const people = sql<User[]>`(
  select coalesce(json_agg(json_build_object(
    'id', u.id::text, 'username', u.username, 'avatar', u.avatar
  ) order by p.joined_at, u.id), '[]')
  from participants p join users u on u.id = p.user_id where p.channel_id = channels.id
)`;

const columns = {
  id: channels.id,
  type: sql<DirectChannel['type']>`channels.type`,
  name: channels.name,
  ownerId: channels.ownerId,
  participants: people,
  lastMessageId,
};

/** Those in the user's list, the one written in last first. */
export function listConversations(db: Database, userId: Snowflake): Promise<DirectChannel[]> {
  return db
    .select(columns)
    .from(participants)
    .innerJoin(channels, eq(channels.id, participants.channelId))
    .where(and(eq(participants.userId, userId), eq(participants.closed, false)))
    .orderBy(desc(sql`coalesce(${lastMessageId}::bigint, channels.id)`))
    .limit(MAX_CONVERSATIONS);
}

/** For whoever has been given access to it. */
export async function readConversation(
  db: Database | Transaction,
  channelId: Snowflake,
): Promise<DirectChannel> {
  const [row] = await db
    .select(columns)
    .from(channels)
    .where(and(eq(channels.id, channelId), isNull(channels.serverId)));
  if (row === undefined) throw new Problem('not_found');
  return row;
}
