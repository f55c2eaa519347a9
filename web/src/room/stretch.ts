import { compareSnowflakes } from '@harmonium/api/id-order';
import type { Message } from '@harmonium/api/message';
import type { ChannelRecord } from '@harmonium/rooms/server-event';
import { withReaction } from './reactions-on.ts';

/** Messages of a channel without a hole between them. */
export interface Stretch {
  /** Oldest first, each id once. */
  readonly messages: readonly Message[];
  /** True when `messages` begins with the first message of the channel. */
  readonly complete: boolean;
}

/** Applies what happened to messages that are held; a new one finds its place elsewhere. */
export function withChange<Held extends Stretch>(
  stretch: Held,
  record: ChannelRecord,
  me: string,
): Held {
  switch (record.type) {
    case 'message.created':
    case 'pin.changed':
      return stretch;
    case 'message.edited':
    case 'message.updated':
    case 'message.removed':
      // Events say nothing of reactions; and a removal is the last word.
      return changed(stretch, record.message.id, (held) =>
        record.type === 'message.removed'
          ? record.message
          : { ...record.message, reactions: held.reactions },
      );
    case 'reaction.changed':
      return changed(stretch, record.messageId, (held) => withReaction(held, record, me));
    case 'messages.removed': {
      const gone = new Set<string>(record.ids);
      const isHeld = ({ id, removedAt }: Message) => removedAt === null && gone.has(id);
      if (!stretch.messages.some(isHeld)) return stretch;
      const messages = stretch.messages.map((held) =>
        isHeld(held) ? tombstone(held, record.removedAt) : held,
      );
      return { ...stretch, messages };
    }
  }
}

function changed<Held extends Stretch>(
  stretch: Held,
  id: string,
  change: (held: Message) => Message,
): Held {
  const at = indexOf(stretch.messages, id);
  const held = stretch.messages[at];
  if (held === undefined || held.removedAt !== null) return stretch;
  return { ...stretch, messages: stretch.messages.with(at, change(held)) };
}

function tombstone(held: Message, removedAt: string): Message {
  const { id, channelId, author, createdAt, editedAt, replyTo, threadId } = held;
  const kept = { id, channelId, author, createdAt, editedAt, replyTo, threadId };
  return { ...kept, content: '', removedAt };
}

/** Adds a page of older messages, newest first as REST gives it. A short page is the last. */
export function withOlderPage<Held extends Stretch>(
  stretch: Held,
  page: readonly Message[],
  asked: number,
): Held {
  const [oldest] = stretch.messages;
  const older = page
    .filter((message) => oldest === undefined || compareSnowflakes(message.id, oldest.id) < 0)
    .toReversed();
  return {
    ...stretch,
    messages: [...older, ...stretch.messages],
    complete: page.length < asked,
  };
}

/** Adds a page of newer messages, newest first as REST gives it. */
export function withNewerPage<Held extends Stretch>(stretch: Held, page: readonly Message[]): Held {
  const newest = stretch.messages.at(-1);
  const newer = page
    .filter((message) => newest === undefined || compareSnowflakes(message.id, newest.id) > 0)
    .toReversed();
  return newer.length === 0 ? stretch : { ...stretch, messages: [...stretch.messages, ...newer] };
}

/**
 * Takes a page, newest first, in place of what is held of the same stretch: after a snapshot the
 * older pages may miss edits and removals. Where nothing older is held any more, nothing is added.
 */
export function withFreshPage<Held extends Stretch>(
  stretch: Held,
  before: string,
  page: readonly Message[],
): Held {
  const last = page.at(-1);
  if (last === undefined) return stretch;
  const { messages } = stretch;
  const end = messages.findIndex((held) => compareSnowflakes(held.id, before) >= 0);
  const upTo = end < 0 ? messages.length : end;
  const start = messages.findIndex((held) => compareSnowflakes(held.id, last.id) >= 0);
  if (start < 0 || upTo <= start) return stretch;
  // A page may reach further down than what is held, where another one begins.
  const newest = messages[upTo - 1]?.id ?? before;
  const fresh = page.filter((message) => compareSnowflakes(message.id, newest) <= 0).toReversed();
  return { ...stretch, messages: messages.toSpliced(start, upTo - start, ...fresh) };
}

/** Both as one, where no message can be missing between them; `newer` counts for what both hold. */
export function joinedTo<Held extends Stretch>(older: Stretch, newer: Held): Held | undefined {
  const [first] = newer.messages;
  const last = older.messages.at(-1);
  if (first === undefined || last === undefined) return undefined;
  if (compareSnowflakes(last.id, first.id) < 0) return undefined;
  const before = older.messages.filter((message) => compareSnowflakes(message.id, first.id) < 0);
  // Begins later than the other: nothing to add.
  if (before.length === 0)
    return { ...newer, complete: newer.complete || startsLike(older, newer) };
  return { ...newer, messages: [...before, ...newer.messages], complete: older.complete };
}

function startsLike(older: Stretch, newer: Stretch): boolean {
  return older.complete && older.messages[0]?.id === newer.messages[0]?.id;
}

/**
 * At most `most` messages around one of them: what lies further away is let go at the end that has more
 * of it, and only at that one, so that a list can keep its place.
 */
export function trimmed<Held extends Stretch>(
  stretch: Held,
  id: string,
  most: number,
): { kept: Held; lost: 'none' | 'older' | 'newer' } {
  const { messages } = stretch;
  const at = indexOf(messages, id);
  if (at < 0 || messages.length <= most) return { kept: stretch, lost: 'none' };
  const half = Math.floor(most / 2);
  const older = at - half;
  const newer = messages.length - 1 - at - half;
  if (older >= newer) {
    const kept = { ...stretch, messages: messages.slice(Math.max(0, older)), complete: false };
    return older > 0 ? { kept, lost: 'older' } : { kept: stretch, lost: 'none' };
  }
  return { kept: { ...stretch, messages: messages.slice(0, at + half + 1) }, lost: 'newer' };
}

export function indexOf(messages: readonly Message[], id: string): number {
  return messages.findLastIndex((other) => other.id === id);
}
