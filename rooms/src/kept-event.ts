import type { Snowflake } from '@harmonium/api/ids';
import { isMessageRecord, type ChannelRecord } from '../contract/server-event.ts';

/** An event in memory. */
export interface Entry {
  seq: number;
  /** The message that it carries; undefined: it carries none. */
  messageId: Snowflake | undefined;
  removed: { ids: ReadonlySet<Snowflake>; at: string } | undefined;
  /** The message on which somebody's emoji changed. */
  reacted: Snowflake | undefined;
  frame: string;
  previews?: true;
}

/** An event as it is stored: with what nobody but api is told. */
export type Kept = ChannelRecord & {
  /** The author may have links shown. */
  previews?: true;
  /** Follows from what happened to the message, which api is told of. */
  implied?: true;
};

export function subjectOf(record: ChannelRecord): Omit<Entry, 'frame'> {
  const { seq } = record;
  if (isMessageRecord(record)) {
    return { seq, messageId: record.message.id, removed: undefined, reacted: undefined };
  }
  const nothing = { seq, messageId: undefined, removed: undefined, reacted: undefined };
  if (record.type === 'reaction.changed') return { ...nothing, reacted: record.messageId };
  if (record.type === 'pin.changed') return nothing;
  return { ...nothing, removed: { ids: new Set(record.ids), at: record.removedAt } };
}

/** What everyone is told of it. */
export function frameOf(record: Kept): string {
  if (record.previews === undefined && record.implied === undefined) return JSON.stringify(record);
  const { previews: _links, implied: _cause, ...told } = record;
  return JSON.stringify(told);
}

export function eventKey(seq: number): string {
  return `event/${String(seq).padStart(15, '0')}`;
}
