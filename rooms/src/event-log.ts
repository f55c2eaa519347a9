import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import type { User } from '@harmonium/api/user';
import { HISTORY_LENGTH, REPLAY_LENGTH } from '../contract/limits.ts';
import {
  isMessageRecord,
  type ChannelRecord,
  type MessageRecord,
  type MessagesRemoved,
} from '../contract/server-event.ts';
import type { Storage } from './host.ts';
import { eventKey, frameOf, subjectOf, type Entry, type Kept } from './kept-event.ts';
import { youngestMessages } from './tail.ts';
import { tombstoneOf } from './tombstone.ts';

/** Events kept in storage, so that an old nonce can still be answered with what it made. */
export const KEPT_EVENTS = 5_000;

/**
 * What happened in a channel, in order: durable in storage (where it is the outbox, too), the
 * youngest REPLAY_LENGTH events and HISTORY_LENGTH messages in memory.
 */
export class EventLog {
  readonly #storage: Storage;
  readonly #left: (entries: readonly Entry[]) => void;
  #entries: Entry[] = [];
  #tail: Message[] = [];
  #seq = 0;
  /** Everything below is deleted. */
  #first = 1;
  /** The first event there ever was; undefined: nobody knows yet. */
  #origin: number | undefined;

  /** @param left is told of the events that leave memory, oldest first */
  constructor(storage: Storage, left: (entries: readonly Entry[]) => void) {
    this.#storage = storage;
    this.#left = left;
  }

  async start(): Promise<void> {
    const youngest = await this.#storage.list({
      prefix: 'event/',
      limit: REPLAY_LENGTH,
      reverse: true,
    });
    const records = youngest.map(([, value]) => value as Kept).reverse(); // Written below.
    for (const record of records) this.#remember(record);
    const [oldest] = await this.#storage.list({ prefix: 'event/', limit: 1 });
    if (oldest !== undefined) this.#first = (oldest[1] as ChannelRecord).seq;
    if (this.#tail.length < HISTORY_LENGTH && records.length === REPLAY_LENGTH) {
      this.#tail = await youngestMessages(records, this.#first, (seq, limit) =>
        this.read(seq, limit),
      );
    }
  }

  get seq(): number {
    return this.#seq;
  }

  /** The oldest event in memory, or the next one. */
  get reach(): number {
    return this.#entries[0]?.seq ?? this.#seq + 1;
  }

  /** The oldest event that is stored, or the next one. */
  get first(): number {
    return this.#first;
  }

  /** The youngest messages, oldest first. */
  get tail(): readonly Message[] {
    return this.#tail;
  }

  /** True when `tail` reaches back to the first message of the channel. */
  get complete(): boolean {
    return this.reach === this.#origin && this.#tail.length < HISTORY_LENGTH;
  }

  /** Where an empty log goes on from, and which event was or will be the first of all. */
  begin(seq: number, origin: number | undefined): void {
    this.#origin = origin;
    if (this.#seq > 0) return;
    this.#seq = seq;
    this.#first = seq + 1;
  }

  /** Messages from before the log, oldest first, as events up to and with `seq`. */
  precede(seq: number, messages: readonly Message[]): void {
    const first = seq + 1 - messages.length;
    const entries = messages.map((message, at) => {
      const record: ChannelRecord = { type: 'message.created', seq: first + at, message };
      this.#storage.put(eventKey(record.seq), record);
      return { ...subjectOf(record), frame: JSON.stringify(record) };
    });
    if (this.#first === seq + 1) this.#first = first;
    if (this.reach === seq + 1) this.#entries.unshift(...entries);
    this.#tail = [...messages, ...this.#tail].slice(-HISTORY_LENGTH);
  }

  /** Messages of the youngest events, oldest first; one that changed comes once for each change. */
  *recent(): Iterable<MessageRecord> {
    for (const { frame, messageId } of this.#entries) {
      if (messageId !== undefined) yield JSON.parse(frame) as MessageRecord; // It is about one.
    }
  }

  /** Stores the event, and answers its frame. */
  append(record: Kept): string {
    this.#storage.put(eventKey(record.seq), record);
    if (record.type === 'message.removed') this.#redact(record.message);
    if (record.type === 'messages.removed') this.#redactAll(record);
    return this.#remember(record);
  }

  /** The oldest message of which the log has the whole life; undefined: of none. */
  async firstCreated(): Promise<Snowflake | undefined> {
    for (let seq = this.#first; seq <= this.#seq; seq += REPLAY_LENGTH) {
      for (const record of await this.read(seq, REPLAY_LENGTH)) {
        if (record.type === 'message.created') return record.message.id;
      }
    }
    return undefined;
  }

  /** Frames after `since`; undefined when the log does not reach back so far, or not so far ahead. */
  after(since: number): string[] | undefined {
    if (since > this.#seq || since < this.reach - 1) return undefined;
    return this.since(since).map((entry) => entry.frame);
  }

  /** The events after `seq` that are in memory. */
  since(seq: number): readonly Entry[] {
    return this.#entries.slice(Math.max(0, seq - this.reach + 1));
  }

  /** The newest version of a message, if it is in memory. */
  recall(id: Snowflake): Message | 'removed' | undefined {
    const inTail = this.#tail.findLast((message) => message.id === id);
    if (inTail !== undefined) return inTail;
    const entry = this.#entries.findLast(
      ({ messageId, removed }) => messageId === id || removed?.ids.has(id) === true,
    );
    if (entry === undefined) return undefined;
    const record = JSON.parse(entry.frame) as ChannelRecord; // Written below.
    return isMessageRecord(record) ? record.message : 'removed';
  }

  /** The events about one message after `drained` that memory lacks: none but in a long outage. */
  async undrained(drained: number): Promise<MessageRecord[]> {
    const { reach } = this;
    const found: MessageRecord[] = [];
    for (let seq = drained + 1; seq < reach; seq += REPLAY_LENGTH) {
      for (const record of await this.read(seq, Math.min(REPLAY_LENGTH, reach - seq))) {
        if (isMessageRecord(record)) found.push(record);
      }
    }
    return found;
  }

  async read(from: number, limit: number): Promise<Kept[]> {
    const rows = await this.#storage.list({ prefix: 'event/', start: eventKey(from), limit });
    return rows.map(([, value]) => value as Kept); // Written by append.
  }

  async frame(seq: number): Promise<string | undefined> {
    const entry = this.#entries[seq - this.reach];
    if (entry !== undefined) return entry.frame;
    const record = (await this.#storage.get(eventKey(seq))) as Kept | undefined; // Written by append.
    return record === undefined ? undefined : frameOf(record);
  }

  /** Takes the words out of events that memory does not hold. */
  async redactStored(seqs: readonly number[], removedAt: string): Promise<void> {
    for (const seq of seqs) {
      const record = (await this.#storage.get(eventKey(seq))) as ChannelRecord | undefined;
      if (record === undefined || !isMessageRecord(record)) continue;
      const redacted = { ...record, message: tombstoneOf(record.message, removedAt) };
      this.#storage.put(eventKey(seq), redacted);
    }
  }

  /** Their messages name them as they are now, those beyond memory until they are deleted excepted. */
  rename(user: User): void {
    this.#tail = this.#tail.map((message) =>
      message.author.id === user.id ? { ...message, author: user } : message,
    );
    for (const entry of this.#entries) {
      if (entry.messageId === undefined || !entry.frame.includes(user.id)) continue;
      const record = JSON.parse(entry.frame) as MessageRecord; // It is about one message.
      if (record.message.author.id !== user.id) continue;
      this.#rewrite(entry, { ...record, message: { ...record.message, author: user } });
    }
  }

  /** Deletes what nobody needs: drained, and older than KEPT_EVENTS. */
  trim(drained: number): void {
    const until = Math.min(drained, this.#seq - KEPT_EVENTS);
    for (; this.#first <= until; this.#first += 1) {
      this.#storage.delete(eventKey(this.#first), 'soon');
    }
  }

  #remember(record: Kept): string {
    const frame = frameOf(record);
    this.#seq = record.seq;
    const entry: Entry = { ...subjectOf(record), frame };
    if (record.previews === true) entry.previews = true;
    this.#entries.push(entry);
    // Cut in strides: shifting an array at every message would cost more than the messages.
    if (this.#entries.length >= REPLAY_LENGTH * 2) {
      this.#left(this.#entries.splice(0, this.#entries.length - REPLAY_LENGTH));
    }
    if (record.type === 'message.created') {
      this.#tail.push(record.message);
      if (this.#tail.length > HISTORY_LENGTH) this.#tail.shift();
    } else if (record.type === 'messages.removed') {
      const gone = new Set(record.ids);
      this.#tail = this.#tail.map((message) =>
        gone.has(message.id) ? tombstoneOf(message, record.removedAt) : message,
      );
    } else if (isMessageRecord(record)) {
      const at = this.#tail.findLastIndex((message) => message.id === record.message.id);
      if (at >= 0) this.#tail[at] = record.message;
    }
    return frame;
  }

  /** Forgets everything: the channel was deleted. */
  async clear(): Promise<void> {
    this.#entries = [];
    this.#tail = [];
    for (;;) {
      const rows = await this.#storage.list({ prefix: 'event/', limit: REPLAY_LENGTH });
      for (const [key] of rows) this.#storage.delete(key);
      if (rows.length < REPLAY_LENGTH) return;
    }
  }

  /** What was removed is gone: earlier events keep their place, not their words. */
  #redact(removed: Message): void {
    for (const entry of this.#entries) {
      if (entry.messageId !== removed.id) continue;
      // It is about one message.
      this.#rewrite(entry, { ...(JSON.parse(entry.frame) as MessageRecord), message: removed });
    }
  }

  #redactAll({ ids, removedAt }: MessagesRemoved): void {
    const gone = new Set<string | undefined>(ids);
    for (const entry of this.#entries) {
      if (!gone.has(entry.messageId)) continue;
      const record = JSON.parse(entry.frame) as MessageRecord; // It is about one message.
      this.#rewrite(entry, { ...record, message: tombstoneOf(record.message, removedAt) });
    }
  }

  #rewrite(entry: Entry, redacted: MessageRecord): void {
    entry.frame = JSON.stringify(redacted);
    const isGone = redacted.message.removedAt !== null;
    const keeps = entry.previews === true && !isGone;
    const kept: Kept = keeps ? { ...redacted, previews: true } : redacted;
    this.#storage.put(eventKey(entry.seq), kept);
  }
}
