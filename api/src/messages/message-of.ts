import type { Message } from '@harmonium/api/message';
import type { User } from '@harmonium/api/user';
import type { messages } from '../db/schema.ts';

/** A message as rooms' events have it; `author` is null when the account is gone. */
export function messageOf(row: typeof messages.$inferSelect, author: User | null): Message {
  const { replyTo, mentions, attachments, embeds, threadId } = row;
  return {
    id: row.id,
    channelId: row.channelId,
    author: author ?? { id: row.authorId, username: 'deleted', avatar: null },
    content: row.content,
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    removedAt: row.removedAt?.toISOString() ?? null,
    ...(replyTo !== null && { replyTo }),
    ...(mentions !== null && { mentions }),
    ...(attachments !== null && { attachments }),
    ...(embeds !== null && { embeds }),
    ...(threadId !== null && { threadId }),
  };
}
