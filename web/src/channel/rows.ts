import type { Message } from '@harmonium/api/message';
import type { User } from '@harmonium/api/user';
import type { PendingMessage } from '../room/outbox.ts';

/** Lines of one author stand together for this long, in milliseconds. */
const GROUP_MS = 5 * 60_000;

export type Row =
  | { kind: 'top'; key: string }
  | { kind: 'day'; key: string; at: number }
  /** `leads`: begins a group, and so shows the author. */
  | { kind: 'message'; key: string; message: Message; leads: boolean }
  | { kind: 'pending'; key: string; pending: PendingMessage; leads: boolean };

interface Content {
  messages: readonly Message[];
  pending: readonly PendingMessage[];
  me: User;
  /** Nonces of messages sent from here, by id: a row stays the same when its message is confirmed. */
  nonces: ReadonlyMap<string, string>;
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
    const leads = follow(message.author.id, Date.parse(message.createdAt));
    const key = content.nonces.get(message.id) ?? message.id;
    rows.push({ kind: 'message', key, message, leads });
  }
  for (const pending of content.pending) {
    // Clocks differ: what is written now never stands on an earlier day than what is above it.
    const leads = follow(content.me.id, Math.max(pending.writtenAt, last?.at ?? 0));
    rows.push({ kind: 'pending', key: pending.nonce, pending, leads });
  }
  return rows;
}

/** True when `next` has more rows before what `previous` began with. */
export function grewAtStart(previous: readonly Row[], next: readonly Row[]): boolean {
  const first = previous.find((row) => row.kind === 'message');
  if (first === undefined || previous.length >= next.length) return false;
  const before = previous.indexOf(first);
  const after = next.findIndex((row) => row.key === first.key);
  return after > before && next.at(-1)?.key === previous.at(-1)?.key;
}

function sameDay(one: number, other: number): boolean {
  return dayKey(one) === dayKey(other);
}

function dayKey(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}
