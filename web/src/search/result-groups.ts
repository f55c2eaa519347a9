import type { Message } from '@harmonium/api/message';

/** Messages that follow each other in the list, of one channel and one day. */
export interface ResultGroup {
  channelId: string;
  /** When its first message was written. */
  at: string;
  messages: Message[];
}

export function resultGroups(messages: readonly Message[]): ResultGroup[] {
  const groups: ResultGroup[] = [];
  for (const message of messages) {
    const last = groups.at(-1);
    const isSame = last?.channelId === message.channelId && isOneDay(last.at, message.createdAt);
    if (last !== undefined && isSame) last.messages.push(message);
    else groups.push({ channelId: message.channelId, at: message.createdAt, messages: [message] });
  }
  return groups;
}

const isOneDay = (one: string, other: string): boolean =>
  new Date(one).toDateString() === new Date(other).toDateString();
