import { compareSnowflakes, snowflakeTime } from '@harmonium/api/ids';
import type { Message, Reaction } from '@harmonium/api/message';
import { expect } from 'vitest';
import { HISTORY_LENGTH } from '../../contract/limits.ts';
import {
  isMessageRecord,
  type ChannelRecord,
  type ChannelServerEvent,
  type MessageRecord,
} from '../../contract/server-event.ts';
import { tombstoneOf } from '../tombstone.ts';
import { Marks, sorted } from './marks.ts';

/** What a channel is, naively: a list of what was accepted. */
export class Ledger {
  /** As they are told from now on: what was removed has no words. */
  readonly records: ChannelRecord[] = [];
  readonly marks = new Marks();
  /** As they were told first. */
  readonly #first: string[] = [];

  get seq(): number {
    return this.records.length;
  }

  /** Every message as it is now, oldest first. */
  get messages(): Message[] {
    const messages = new Map<string, Message>();
    for (const record of this.records) {
      if (isMessageRecord(record)) messages.set(record.message.id, record.message);
      else if (record.type === 'messages.removed') bury(messages, record);
    }
    return [...messages.values()];
  }

  find(id: string): Message | undefined {
    return this.messages.find((message) => message.id === id);
  }

  learn(record: ChannelRecord): void {
    expect(record.seq).toBe(this.seq + 1);
    if (isMessageRecord(record)) this.#examine(record);
    this.marks.apply(record);
    if (record.type === 'reaction.changed') {
      expect(record.count).toBe(this.marks.people(record.messageId, record.emoji).size);
    }
    this.records.push(record);
    this.#first.push(JSON.stringify(record));
    for (const [at, earlier] of this.records.entries()) {
      if (isMessageRecord(earlier)) this.records[at] = silenced(earlier, record);
    }
  }

  /** Ids grow, and so do the times of edits. */
  #examine(record: MessageRecord): void {
    const { message } = record;
    if (record.type === 'message.created') {
      const last = this.messages.at(-1);
      if (last !== undefined) expect(compareSnowflakes(message.id, last.id)).toBeGreaterThan(0);
      expect(Date.parse(message.createdAt)).toBe(snowflakeTime(message.id));
    }
    const before = this.find(message.id)?.editedAt ?? null;
    if (record.type === 'message.edited' && before !== null) {
      expect(Date.parse(message.editedAt ?? '')).toBeGreaterThan(Date.parse(before));
    }
  }

  /** What is on a message for one reader. */
  seenBy(reader: string, messageId: string): Reaction[] {
    const reactions = this.marks
      .on(messageId)
      .map(([emoji, people]) => ({ emoji, count: people.length, me: people.includes(reader) }));
    return sorted(reactions);
  }

  /** Whoever heard this heard what happened. */
  attest(record: ChannelRecord): void {
    const text = JSON.stringify(record);
    const now = JSON.stringify(this.records[record.seq - 1]);
    if (text !== now) expect(text).toBe(this.#first[record.seq - 1]);
  }

  attestSnapshot(
    { seq, history, complete, pins }: ChannelServerEvent & { type: 'ready' },
    reader: string,
  ): void {
    expect(seq).toBe(this.seq);
    const youngest = this.messages.slice(-HISTORY_LENGTH);
    expect(history.map(bare)).toEqual(youngest);
    for (const { id, reactions = [] } of history) {
      expect(sorted(reactions)).toEqual(this.seenBy(reader, id));
    }
    expect(pins).toEqual(this.marks.pins);
    expect(complete).toBe(this.messages.length < HISTORY_LENGTH);
  }
}

/** Without what is on it for whoever reads it. */
export function bare({ reactions: _theirs, ...message }: Message): Message {
  return message;
}

/** Those of the messages that were removed together have no words from then on. */
export function bury(
  messages: Map<string, Message>,
  { ids, removedAt }: { ids: readonly string[]; removedAt: string },
): void {
  for (const id of ids) {
    const message = messages.get(id);
    if (message?.removedAt === null) messages.set(id, tombstoneOf(message, removedAt));
  }
}

/** An event as it is told after a later one. */
function silenced(earlier: MessageRecord, later: ChannelRecord): MessageRecord {
  const { message } = earlier;
  if (later.type === 'messages.removed') {
    if (!later.ids.includes(message.id)) return earlier;
    return { ...earlier, message: tombstoneOf(message, later.removedAt) };
  }
  if (later.type !== 'message.removed' || later.message.id !== message.id) return earlier;
  return { ...earlier, message: later.message };
}
