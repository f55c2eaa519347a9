import { compareSnowflakes, snowflakeTime } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import { expect } from 'vitest';
import { HISTORY_LENGTH } from '../../contract/limits.ts';
import type { ChannelRecord } from '../../contract/server-event.ts';

/** An event of one message. */
export type Told = Extract<ChannelRecord, { message: Message }>;

/** What a channel is, naively: a list of what was accepted. */
export class Ledger {
  /** As they are told from now on: what was removed has no words. */
  readonly records: Told[] = [];
  /** As they were told first. */
  readonly #first: string[] = [];

  get seq(): number {
    return this.records.length;
  }

  /** Every message as it is now, oldest first. */
  get messages(): Message[] {
    const messages = new Map<string, Message>();
    for (const { message } of this.records) messages.set(message.id, message);
    return [...messages.values()];
  }

  find(id: string): Message | undefined {
    return this.messages.find((message) => message.id === id);
  }

  learn(record: Told): void {
    expect(record.seq).toBe(this.seq + 1);
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
    this.records.push(record);
    this.#first.push(JSON.stringify(record));
    if (record.type !== 'message.removed') return;
    for (const [at, earlier] of this.records.entries()) {
      if (earlier.message.id === message.id) this.records[at] = { ...earlier, message };
    }
  }

  /** Whoever heard this heard what happened. */
  attest(record: Told): void {
    const text = JSON.stringify(record);
    const now = JSON.stringify(this.records[record.seq - 1]);
    if (text !== now) expect(text).toBe(this.#first[record.seq - 1]);
  }

  attestSnapshot(seq: number, history: Message[], complete: boolean): void {
    expect(seq).toBe(this.seq);
    expect(history).toEqual(this.messages.slice(-HISTORY_LENGTH));
    expect(complete).toBe(this.messages.length < HISTORY_LENGTH);
  }
}
