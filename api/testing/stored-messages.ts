import type { Message } from '@harmonium/api/message';
import { Client } from 'pg';

interface Row {
  id: Message['id'];
  content: string;
  edited_at: Date | null;
  removed_at: Date | null;
}

/** A channel's messages as PostgreSQL holds them, oldest first. */
export async function storedMessages(databaseUrl: string, channelId: string) {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<Row>(
      'select id::text, content, edited_at, removed_at from messages where channel_id = $1 order by id',
      [channelId],
    );
    return rows.map(({ id, content, edited_at: edited, removed_at: removed }) => ({
      id,
      content,
      editedAt: edited?.toISOString() ?? null,
      removedAt: removed?.toISOString() ?? null,
    }));
  } finally {
    await client.end();
  }
}
