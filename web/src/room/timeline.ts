import { compareSnowflakes } from '@harmonium/api/id-order';
import type { Message } from '@harmonium/api/message';
import type {
  ChannelRecord,
  ChannelServerEvent,
  MessagesRemoved,
} from '@harmonium/rooms/server-event';

/** What is known of a channel: a stretch of messages without a hole, up to the newest. */
export interface Timeline {
  /** Oldest first, each id once. */
  readonly messages: readonly Message[];
  /** The last event applied; undefined before the first snapshot. */
  readonly seq: number | undefined;
  /** True when `messages` begins with the first message of the channel. */
  readonly complete: boolean;
}

export type Snapshot = Pick<
  Extract<ChannelServerEvent, { type: 'ready' }>,
  'seq' | 'history' | 'complete'
>;

export const emptyTimeline: Timeline = { messages: [], seq: undefined, complete: false };

/**
 * Takes the newest stretch as the room gives it. Older pages are kept only where the two meet:
 * otherwise the messages between them would be missing without a trace.
 */
export function withSnapshot(timeline: Timeline, snapshot: Snapshot): Timeline {
  const [first] = snapshot.history;
  const meets = first !== undefined && indexOf(timeline.messages, first) >= 0;
  if (snapshot.complete || !meets) {
    return { messages: snapshot.history, seq: snapshot.seq, complete: snapshot.complete };
  }
  const older = timeline.messages.slice(0, indexOf(timeline.messages, first));
  return {
    messages: [...older, ...snapshot.history],
    seq: snapshot.seq,
    complete: timeline.complete,
  };
}

/** Applies one event, once: what a replay brings again changes nothing. */
export function withRecord(timeline: Timeline, record: ChannelRecord): Timeline {
  const isNew = timeline.seq === undefined || record.seq > timeline.seq;
  const seq = isNew ? record.seq : timeline.seq;
  if (record.type === 'messages.removed') return { ...withoutAll(timeline, record), seq };
  if (!('message' in record)) return { ...timeline, seq };
  const at = indexOf(timeline.messages, record.message);
  if (at >= 0) {
    // A created that comes again may be older than an edit already held.
    if (!isNew || record.type === 'message.created') return { ...timeline, seq };
    return { ...timeline, seq, messages: timeline.messages.with(at, record.message) };
  }
  if (record.type !== 'message.created' || !belongs(timeline, record.message)) {
    return { ...timeline, seq };
  }
  return { ...timeline, seq, messages: insert(timeline.messages, record.message) };
}

/** A removal is the last word on a message: applied again it changes nothing. */
function withoutAll(timeline: Timeline, { ids, removedAt }: MessagesRemoved): Timeline {
  const gone = new Set(ids);
  const isHeld = ({ id, removedAt: before }: Message) => before === null && gone.has(id);
  if (!timeline.messages.some(isHeld)) return timeline;
  const messages = timeline.messages.map((message) =>
    isHeld(message) ? { ...message, content: '', removedAt } : message,
  );
  return { ...timeline, messages };
}

/** The replay is over: nothing up to `to` is missing. */
export function withResumed(timeline: Timeline, to: number): Timeline {
  return { ...timeline, seq: Math.max(timeline.seq ?? 0, to) };
}

/** Adds a page of older messages, newest first as REST gives it. A short page is the last. */
export function withOlderPage(
  timeline: Timeline,
  page: readonly Message[],
  asked: number,
): Timeline {
  const [oldest] = timeline.messages;
  const older = page
    .filter((message) => oldest === undefined || compareSnowflakes(message.id, oldest.id) < 0)
    .toReversed();
  return {
    ...timeline,
    messages: [...older, ...timeline.messages],
    complete: page.length < asked,
  };
}

/**
 * Takes a page, newest first, in place of what is held of the same stretch: after a snapshot the
 * older pages may miss edits and removals. Where nothing older is held any more, nothing is added.
 */
export function withFreshPage(
  timeline: Timeline,
  before: Message,
  page: readonly Message[],
): Timeline {
  const end = indexOf(timeline.messages, before);
  const last = page.at(-1);
  if (end <= 0 || last === undefined) return timeline;
  const start = timeline.messages.findIndex((held) => compareSnowflakes(held.id, last.id) >= 0);
  const fresh = page.toReversed();
  return { ...timeline, messages: timeline.messages.toSpliced(start, end - start, ...fresh) };
}

/** An old message that was never loaded stays unloaded: showing it alone would hide what is between. */
function belongs(timeline: Timeline, message: Message): boolean {
  const [oldest] = timeline.messages;
  return oldest === undefined || timeline.complete || compareSnowflakes(message.id, oldest.id) > 0;
}

function insert(messages: readonly Message[], message: Message): readonly Message[] {
  const after = messages.findLastIndex((other) => compareSnowflakes(other.id, message.id) < 0);
  return messages.toSpliced(after + 1, 0, message);
}

function indexOf(messages: readonly Message[], message: Message): number {
  return messages.findLastIndex((other) => other.id === message.id);
}
