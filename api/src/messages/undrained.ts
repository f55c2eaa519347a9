import { compareSnowflakes, isSnowflake } from '@harmonium/api/ids';
import type { Snowflake } from '@harmonium/api/ids';
import type { Message, MessageReactions } from '@harmonium/api/message';
import type { AskUndrained, Removed } from '@harmonium/rooms/publish';
import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';

/** A part of a channel's ids, and how many messages of it a page holds at most. */
export type Range = Omit<AskUndrained, 'type'>;

/** What a room says of a range: messages as they are now, what was removed together, what is put on. */
export interface Changes {
  messages: readonly Message[];
  removed: readonly Removed[];
  reactions: readonly MessageReactions[];
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
    const { messages = [], removed = [], reactions = [] } = answer;
    return { messages, removed, reactions };
  });
}

export function changesAny({ messages, removed, reactions }: Changes): boolean {
  return messages.length > 0 || removed.length > 0 || reactions.length > 0;
}

/** Of a range nothing but this message. */
export function only(id: Snowflake): Range {
  return { after: idBefore(id), before: idAfter(id), first: 'newest', limit: 1 };
}

/** Undefined: there is no smaller id, and so no bound. */
function idBefore(id: Snowflake): Snowflake | undefined {
  const previous = (BigInt(id) - 1n).toString();
  return isSnowflake(previous) ? previous : undefined;
}

/** Undefined: there is no larger id, and so no bound. */
export function idAfter(id: Snowflake): Snowflake | undefined {
  const next = (BigInt(id) + 1n).toString();
  return isSnowflake(next) ? next : undefined;
}

export function isWithin({ after, before }: Range, id: Snowflake): boolean {
  return (
    (after === undefined || compareSnowflakes(id, after) > 0) &&
    (before === undefined || compareSnowflakes(id, before) < 0)
  );
}

/**
 * The first messages of a range, of those stored and those undrained.
 * @param readerId who is told what they put on them themselves
 */
export function joined(
  stored: readonly Message[],
  undrained: Changes,
  { first, limit }: Range,
  readerId: Snowflake,
): Message[] {
  const messages = new Map(stored.map((message) => [message.id, message]));
  for (const message of undrained.messages) {
    const known = messages.get(message.id);
    if (known === undefined) messages.set(message.id, message);
    // What a room says of a change says nothing of reactions, and the database has the author's name.
    else if (!isOlder(message, known)) {
      const { author, reactions } = known;
      messages.set(message.id, { ...message, author, ...(reactions && { reactions }) });
    }
  }
  for (const { id, removedAt } of undrained.removed) {
    const known = messages.get(id);
    if (known?.removedAt === null) messages.set(id, { ...known, removedAt });
  }
  for (const { messageId, reactions } of undrained.reactions) {
    const known = messages.get(messageId);
    if (known !== undefined) messages.set(messageId, withReactions(known, reactions, readerId));
  }
  const sign = first === 'newest' ? -1 : 1;
  return [...messages.values()]
    .sort((one, other) => sign * compareSnowflakes(one.id, other.id))
    .slice(0, limit)
    .map(asTombstone);
}

function withReactions(
  message: Message,
  reactions: MessageReactions['reactions'],
  readerId: Snowflake,
): Message {
  const shown = reactions
    .filter(({ userIds }) => userIds.length > 0)
    .map(({ emoji, userIds }) => ({
      emoji,
      count: userIds.length,
      me: userIds.includes(readerId),
    }));
  return { ...message, reactions: shown.length === 0 ? undefined : shown };
}

/** Of what was removed nothing is left, whoever said so first. */
function asTombstone(message: Message): Message {
  if (message.removedAt === null) return message;
  const nothing = { mentions: undefined, attachments: undefined, embeds: undefined };
  return { ...message, ...nothing, content: '', reactions: undefined };
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
