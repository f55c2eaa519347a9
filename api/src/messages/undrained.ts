import { compareSnowflakes } from '@harmonium/api/ids';
import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import type { AskUndrained, Removed } from '@harmonium/rooms/publish';
import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';

/** A part of a channel's ids, and how many messages of it a page holds at most. */
export type Range = Omit<AskUndrained, 'type'>;

/** What a room says of a range: messages as they are now, and what was removed together. */
interface Changes {
  messages: readonly Message[];
  removed: readonly Removed[];
}

/** A room answers at once, or after its process has started again; in milliseconds. */
const ANSWER_WITHIN_MS = 3_000;

/**
 * What the channel's room accepted and the database may lack: for each range what changed in
 * it, in the order asked for. Ask before the database is read, and join the two: what is
 * stored in between is then in at least one of them. Throws `unavailable` where the room cannot be
 * asked: a page without what it holds would have a hole that nobody sees, and nobody fills.
 */
export async function askUndrained(
  deps: Pick<Deps, 'rooms'>,
  channelId: Snowflake,
  ranges: readonly Range[],
): Promise<Changes[]> {
  const asks = ranges.map((range) => ({ type: 'undrained' as const, ...range }));
  const asking = deps.rooms.publish('main', channelId, asks);
  const answers = await within(ANSWER_WITHIN_MS, asking).catch((cause: unknown) => {
    throw new Problem('unavailable', { cause, retryAfter: 1 });
  });
  return answers.map((answer) => {
    if (!answer.ok) throw new Problem('unavailable', { cause: answer, retryAfter: 1 });
    return { messages: answer.messages ?? [], removed: answer.removed ?? [] };
  });
}

export function changesAny({ messages, removed }: Changes): boolean {
  return messages.length > 0 || removed.length > 0;
}

export function isWithin({ after, before }: Range, id: Snowflake): boolean {
  return (
    (after === undefined || compareSnowflakes(id, after) > 0) &&
    (before === undefined || compareSnowflakes(id, before) < 0)
  );
}

/** The first messages of a range, of those stored and those undrained. */
export function joined(
  stored: readonly Message[],
  undrained: Changes,
  { first, limit }: Range,
): Message[] {
  const messages = new Map(stored.map((message) => [message.id, message]));
  for (const message of undrained.messages) {
    const known = messages.get(message.id);
    // The database knows the name that its author has now.
    const { author } = known ?? message;
    if (known === undefined || !isOlder(message, known)) {
      messages.set(message.id, { ...message, author });
    }
  }
  for (const { id, removedAt } of undrained.removed) {
    const known = messages.get(id);
    if (known?.removedAt === null) messages.set(id, { ...known, content: '', removedAt });
  }
  const sign = first === 'newest' ? -1 : 1;
  return [...messages.values()]
    .sort((one, other) => sign * compareSnowflakes(one.id, other.id))
    .slice(0, limit);
}

/** Stored later than the room was asked: a removal is the last word, and edits only grow younger. */
function isOlder(message: Message, stored: Message): boolean {
  if (message.removedAt !== null) return false;
  return stored.removedAt !== null || (message.editedAt ?? '') < (stored.editedAt ?? '');
}

function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer in time')), milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
