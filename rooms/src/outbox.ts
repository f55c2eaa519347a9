import { OUTBOX_BATCH, type OutboxEntry } from '@harmonium/api/internal';
import type { Message } from '@harmonium/api/message';
import type {
  ChannelRecord,
  MessageRecord,
  PinChanged,
  ReactionChanged,
} from '../contract/server-event.ts';
import type { EventLog } from './event-log.ts';
import type { Backlog, Log, Storage } from './host.ts';
import type { Kept } from './kept-event.ts';
import type { Undrained } from './undrained.ts';

/** Long enough to gather a burst, short enough that a page of history is never behind for long. */
export const DRAIN_DELAY_MS = 50;
const RETRY_MIN_MS = 500;
const RETRY_MAX_MS = 60_000;
/** Should the process die while api answers, the alarm that was set wakes the next one. */
const SAFETY_MS = 30_000;

/**
 * Carries the event log to api: in order, in batches, until api has said that each is durable. Holds
 * nothing itself but how far it came, so an outage of any length costs no memory.
 */
export class Outbox {
  readonly #log: EventLog;
  readonly #undrained: Undrained;
  readonly #storage: Storage;
  readonly #store: (entries: OutboxEntry[]) => Promise<boolean>;
  readonly #random: () => number;
  #drained = 0;
  #failures = 0;
  #draining = false;
  #since: number | undefined;

  constructor(options: {
    log: EventLog;
    undrained: Undrained;
    storage: Storage;
    store: (entries: OutboxEntry[]) => Promise<boolean>;
    random: () => number;
  }) {
    this.#log = options.log;
    this.#undrained = options.undrained;
    this.#storage = options.storage;
    this.#store = options.store;
    this.#random = options.random;
  }

  async start(): Promise<void> {
    this.#drained = Number((await this.#storage.get('drained')) ?? 0);
  }

  /** api has everything up to this event from elsewhere. */
  skipTo(seq: number): void {
    if (seq <= this.#drained) return;
    this.#drained = seq;
    this.#storage.put('drained', seq);
  }

  /** The last event that api has. */
  get drained(): number {
    return this.#drained;
  }

  get pending(): number {
    return this.#log.seq - this.#drained;
  }

  get backlog(): Backlog {
    return { events: this.pending, since: this.pending === 0 ? undefined : this.#since };
  }

  /**
   * Drains until nothing is left or api fails. Answers false when the channel is gone.
   * @param wake sets (or clears) when to be called again, in milliseconds from now
   */
  async drain(wake: (delay: number | undefined) => void, report: Log): Promise<boolean> {
    if (this.#draining) return true;
    this.#draining = true;
    try {
      while (this.pending > 0) {
        wake(SAFETY_MS);
        if (!(await this.#drainBatch())) return false;
      }
      wake(undefined);
    } catch (error) {
      const delay = this.#backoff();
      this.#failures += 1;
      wake(delay);
      report.warn({ error, pending: this.pending, delay }, 'outbox waits for api');
    } finally {
      this.#draining = false;
    }
    return true;
  }

  async #drainBatch(): Promise<boolean> {
    const { records, entries } = batchOf(await this.#log.read(this.#drained + 1, OUTBOX_BATCH));
    const last = records.at(-1);
    if (last === undefined) throw new Error('The outbox is missing events that it should hold.');
    this.#since = timeOf(records[0] ?? last);
    if (entries.length > 0 && !(await this.#store(entries))) return false;
    this.#failures = 0;
    this.#since = undefined;
    this.#drained = last.seq;
    const settled = await this.#undrained.settledBy(records);
    // Lost in a crash, the batch is given a second time, and changes nothing.
    this.#storage.put('drained', last.seq, 'soon');
    for (const key of settled) this.#storage.delete(key, 'soon');
    this.#log.trim(last.seq);
    return true;
  }

  /** Full jitter, so that the rooms of a process do not all come at once. */
  #backoff(): number {
    const ceiling = Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** this.#failures);
    return RETRY_MIN_MS / 2 + this.#random() * ceiling;
  }
}

/** As many of the records as make no more than OUTBOX_BATCH entries. */
function batchOf(read: readonly Kept[]) {
  const records: Kept[] = [];
  const entries: OutboxEntry[] = [];
  for (const record of read) {
    const next = entriesOf(record);
    if (entries.length + next.length > OUTBOX_BATCH) break;
    records.push(record);
    entries.push(...next);
  }
  return { records, entries };
}

function timeOf(record: ChannelRecord): number {
  if (record.type === 'messages.removed') return Date.parse(record.removedAt);
  if (!('message' in record)) return Date.parse(record.at);
  const { message } = record;
  return Date.parse(message.removedAt ?? message.editedAt ?? message.createdAt);
}

function entriesOf(record: Kept): OutboxEntry[] {
  if (record.type === 'messages.removed') {
    // Without who did it: whoever asked for all of them has that in the audit log as one act.
    return record.ids.map((id) => ({ op: 'remove', id, removedAt: record.removedAt }));
  }
  if (record.type === 'reaction.changed') return [reactionEntry(record)];
  // With a message its pin goes.
  if (record.type === 'pin.changed') return record.implied === true ? [] : [pinEntry(record)];
  return messageEntries(record);
}

function messageEntries(record: Kept & MessageRecord): OutboxEntry[] {
  const { type, message } = record;
  const { id } = message;
  const previews = record.previews === undefined ? {} : { previews: true };
  switch (type) {
    case 'message.created':
      return [{ op: 'create', message, ...previews }];
    case 'message.edited':
      // Previews of links that it has no more went with the words.
      return [editEntry(message, previews), ...(message.embeds ? [updateEntry(message)] : [])];
    case 'message.removed': {
      const by = record.by === undefined ? {} : { by: record.by };
      return [{ op: 'remove', id, removedAt: message.removedAt ?? message.createdAt, ...by }];
    }
    case 'message.updated':
      return [updateEntry(message)];
  }
}

function editEntry(message: Message, previews: { previews?: boolean }): OutboxEntry {
  const { id, content, mentions, createdAt } = message;
  const editedAt = message.editedAt ?? createdAt;
  return { op: 'edit', id, content, editedAt, ...(mentions && { mentions }), ...previews };
}

function updateEntry({ id, embeds, threadId }: Message): OutboxEntry {
  return { op: 'update', id, ...(embeds && { embeds }), ...(threadId && { threadId }) };
}

function reactionEntry({ messageId: id, emoji, userId, added, at }: ReactionChanged): OutboxEntry {
  return added ? { op: 'react', id, emoji, userId, at } : { op: 'unreact', id, emoji, userId };
}

function pinEntry({ messageId: id, pinned, by, at }: PinChanged): OutboxEntry {
  return pinned ? { op: 'pin', id, by, at } : { op: 'unpin', id, by };
}
