import { compareSnowflakes } from '@harmonium/api/ids';
import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import type { AskUndrained } from '@harmonium/rooms/publish';
import type { Deps } from '../deps.ts';

/** A part of a channel's ids, and how many messages of it a page holds at most. */
export type Range = Omit<AskUndrained, 'type'>;

/** A room answers at once or is away; a page does not wait longer for it, in milliseconds. */
const ANSWER_WITHIN_MS = 1_000;

/**
 * What the channel's room accepted and the database may lack: for each range the changed messages,
 * as they are now, in the order asked for. Nothing where the room cannot be reached. Ask before the
 * database is read, and join the two: what is stored in between is then in at least one of them.
 */
export async function askUndrained(
  deps: Pick<Deps, 'rooms' | 'log'>,
  channelId: Snowflake,
  ranges: readonly Range[],
): Promise<Message[][]> {
  const asks = ranges.map((range) => ({ type: 'undrained' as const, ...range }));
  try {
    const answers = await within(ANSWER_WITHIN_MS, deps.rooms.publish('main', channelId, asks));
    return answers.map((answer) => (answer.ok ? (answer.messages ?? []) : []));
  } catch (error) {
    deps.log.debug('a page without what the room holds', { channelId, error });
    return ranges.map(() => []);
  }
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
  undrained: readonly Message[],
  { first, limit }: Range,
): Message[] {
  const messages = new Map(stored.map((message) => [message.id, message]));
  for (const message of undrained) {
    const known = messages.get(message.id);
    // The database knows the name that its author has now.
    const { author } = known ?? message;
    if (known === undefined || !isOlder(message, known)) {
      messages.set(message.id, { ...message, author });
    }
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
