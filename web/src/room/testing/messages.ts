import { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import { User } from '@harmonium/api/user';
import type { MessageRecord } from '@harmonium/rooms/server-event';

export const channelId = Snowflake.parse('100');
export const mirela = User.parse({ id: '1', username: 'Mirela', avatar: null });
export const tomas = User.parse({ id: '2', username: 'Tomas', avatar: null });

/** A message whose text is its number. */
export function message(number: number, change: Partial<Message> = {}): Message {
  return {
    id: Snowflake.parse(String(1000 + number)),
    channelId,
    author: mirela,
    content: String(number),
    createdAt: new Date(Date.UTC(2026, 10, 23, 12, 0, number)).toISOString(),
    editedAt: null,
    removedAt: null,
    ...change,
  };
}

export const messages = (from: number, to: number): Message[] =>
  Array.from({ length: to - from + 1 }, (_, index) => message(from + index));

export function created(seq: number, number: number, nonce?: string): MessageRecord {
  return { type: 'message.created', seq, message: message(number), nonce };
}
