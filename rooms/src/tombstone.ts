import type { Message } from '@harmonium/api/message';

/** What is left of a message that was removed; the first removal counts. */
export function tombstoneOf(message: Message, removedAt: string): Message {
  const { mentions: _names, attachments: _files, embeds: _previews, ...rest } = message;
  return { ...rest, content: '', removedAt: message.removedAt ?? removedAt };
}
