import type { Message } from '@harmonium/api/message';
import { Client } from 'pg';

interface Row {
  id: Message['id'];
  content: string;
  edited_at: Date | null;
  removed_at: Date | null;
  reactions: number;
}

/** A channel's messages as PostgreSQL holds them, with how many reactions, oldest first. */
export async function storedMessages(databaseUrl: string, channelId: string) {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<Row>(
      `select id::text, content, edited_at, removed_at, (
        select count(*)::int from reactions r
        where r.channel_id = m.channel_id and r.message_id = m.id
      ) as reactions
      from messages m where channel_id = $1 order by m.id`,
      [channelId],
    );
    return rows.map(({ id, content, edited_at: edited, removed_at: removed, reactions }) => ({
      id,
      content,
      reacted: reactions,
      editedAt: edited?.toISOString() ?? null,
      removedAt: removed?.toISOString() ?? null,
    }));
  } finally {
    await client.end();
  }
}
