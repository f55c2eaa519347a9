import type { Message } from '@harmonium/api/message';
import type { User } from '@harmonium/api/user';
import type { PendingMessage } from '../room/outbox.ts';

/** Lines of one author stand together for this long, in milliseconds. */
const GROUP_MS = 5 * 60_000;

export type Row =
  | { kind: 'top'; key: string }
  | { kind: 'day'; key: string; at: number }
  /** `leads`: begins a group, and so shows the author. */
  | { kind: 'message'; key: string; message: Message; leads: boolean; isFirstNew: boolean }
  /** More follows that is not loaded. */
  | { kind: 'newer'; key: string }
  | { kind: 'pending'; key: string; pending: PendingMessage; leads: boolean };

interface Content {
  messages: readonly Message[];
  pending: readonly PendingMessage[];
  me: User;
  /** Nonces of messages sent from here, by id: a row stays the same when its message is confirmed. */
  nonces: ReadonlyMap<string, string>;
  /** Above it a line says that what follows is new. */
  firstNew?: string;
  /** The reader looks elsewhere: what is new, and what is being sent, is not here. */
  isElsewhere?: boolean;
}

/** The lines of a channel from top to bottom. */
export function rowsOf(content: Content): Row[] {
  const rows: Row[] = [{ kind: 'top', key: 'top' }];
  let last: { author: string; at: number } | undefined;

  function follow(author: string, at: number): boolean {
    const isNewDay = last === undefined || !sameDay(last.at, at);
    if (isNewDay) rows.push({ kind: 'day', key: `day-${dayKey(at)}`, at });
    const leads = isNewDay || last?.author !== author || at - last.at > GROUP_MS;
    last = { author, at };
    return leads;
  }

  for (const message of content.messages) {
    const isFirstNew = message.id === content.firstNew;
    // Under a line, and above what it answers, an author is named again.
    const begins = isFirstNew || message.replyTo !== undefined;
    const leads = follow(message.author.id, Date.parse(message.createdAt)) || begins;
    const key = content.nonces.get(message.id) ?? message.id;
    rows.push({ kind: 'message', key, message, leads, isFirstNew });
  }
  if (content.isElsewhere === true) return [...rows, { kind: 'newer', key: 'newer' }];
  for (const pending of content.pending) {
    // Clocks differ: what is written now never stands on an earlier day than what is above it.
    const leads = follow(content.me.id, Math.max(pending.writtenAt, last?.at ?? 0));
    rows.push({ kind: 'pending', key: pending.nonce, pending, leads });
  }
  return rows;
}

/** True when rows came or went before the first message, and none after the last. */
export function changedAtStart(previous: readonly Row[], next: readonly Row[]): boolean {
  if (previous.length === next.length) return false;
  const isSame = (one: Row | undefined, other: Row | undefined) => one?.key === other?.key;
  if (!isSame(previous.findLast(isLine), next.findLast(isLine))) return false;
  return !isSame(previous.find(isLine), next.find(isLine));
}

const isLine = (row: Row): boolean => row.kind === 'message' || row.kind === 'pending';

function sameDay(one: number, other: number): boolean {
  return dayKey(one) === dayKey(other);
}

function dayKey(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}
