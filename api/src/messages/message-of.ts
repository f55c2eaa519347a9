import type { Message } from '@harmonium/api/message';
import type { User } from '@harmonium/api/user';
import type { messages } from '../db/schema.ts';

/** A message as the wire has it; `author` is null when the account is gone. */
export function messageOf(row: typeof messages.$inferSelect, author: User | null): Message {
  return {
    id: row.id,
    channelId: row.channelId,
    author: author ?? { id: row.authorId, username: 'deleted', avatar: null },
    content: row.content,
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    removedAt: row.removedAt?.toISOString() ?? null,
  };
}
