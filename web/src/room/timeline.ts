import { compareSnowflakes } from '@harmonium/api/id-order';
import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import type { ChannelRecord, ChannelServerEvent } from '@harmonium/rooms/server-event';
import { indexOf, withChange } from './stretch.ts';
import type { Stretch } from './stretch.ts';

/** What is known of the newest end of a channel. */
export interface Timeline extends Stretch {
  /** The last event applied; undefined before the first snapshot. */
  readonly seq: number | undefined;
  /** The youngest pin first. */
  readonly pins: readonly Snowflake[];
}

export type Snapshot = Pick<
  Extract<ChannelServerEvent, { type: 'ready' }>,
  'seq' | 'history' | 'complete' | 'pins'
>;

export const emptyTimeline: Timeline = { messages: [], seq: undefined, complete: false, pins: [] };

/**
 * Takes the newest stretch as the room gives it. Older pages are kept only where the two meet:
 * otherwise the messages between them would be missing without a trace.
 */
export function withSnapshot(timeline: Timeline, snapshot: Snapshot): Timeline {
  const { seq, history, complete, pins } = snapshot;
  const [first] = history;
  const meets = first === undefined ? -1 : indexOf(timeline.messages, first.id);
  if (complete || meets < 0) return { messages: history, seq, complete, pins };
  const older = timeline.messages.slice(0, meets);
  return { messages: [...older, ...history], seq, complete: timeline.complete, pins };
}

/** True for what was not applied yet: a replay may bring some of it again. */
export function isNews(timeline: Timeline, record: ChannelRecord): boolean {
  return timeline.seq === undefined || record.seq > timeline.seq;
}

/** Applies one event, once: what a replay brings again changes nothing. */
export function withRecord(timeline: Timeline, record: ChannelRecord, me: string): Timeline {
  if (record.type === 'message.created') return withCreated(timeline, record);
  if (!isNews(timeline, record)) {
    // A removal is the last word on a message: applied again it changes nothing.
    return record.type === 'messages.removed' ? withChange(timeline, record, me) : timeline;
  }
  const pins = pinsAfter(timeline.pins, record);
  return { ...withChange(timeline, record, me), pins, seq: record.seq };
}

/** A created that comes again may be older than an edit already held. */
function withCreated(
  timeline: Timeline,
  { seq, message }: Extract<ChannelRecord, { type: 'message.created' }>,
): Timeline {
  const next = { ...timeline, seq: Math.max(timeline.seq ?? 0, seq) };
  if (indexOf(timeline.messages, message.id) >= 0 || !belongs(timeline, message)) return next;
  return { ...next, messages: insert(timeline.messages, message) };
}

function pinsAfter(pins: readonly Snowflake[], record: ChannelRecord): readonly Snowflake[] {
  if (record.type === 'pin.changed') {
    const others = pins.filter((id) => id !== record.messageId);
    return record.pinned ? [record.messageId, ...others] : others;
  }
  const gone = removedBy(record);
  return gone.length === 0 ? pins : pins.filter((id) => !gone.includes(id));
}

function removedBy(record: ChannelRecord): readonly Snowflake[] {
  if (record.type === 'messages.removed') return record.ids;
  return record.type === 'message.removed' ? [record.message.id] : [];
}

/** The replay is over: nothing up to `to` is missing. */
export function withResumed(timeline: Timeline, to: number): Timeline {
  return { ...timeline, seq: Math.max(timeline.seq ?? 0, to) };
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
