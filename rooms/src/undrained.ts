import { compareSnowflakes, type Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import { REPLAY_LENGTH } from '../contract/limits.ts';
import type { AskUndrained, PublishAnswer, Removed } from '../contract/publish.ts';
import {
  isMessageRecord,
  type ChannelRecord,
  type MessageRecord,
} from '../contract/server-event.ts';
import type { EventLog } from './event-log.ts';
import type { Storage } from './host.ts';
import { subjectOf, type Entry } from './kept-event.ts';

const LATE = 'late/';
const GONE = 'gone/';
const REACTED = 'lateReaction/';
const LATE_TO = 'lateTo';
const ID_DIGITS = 19;

/** What is noted of a message that was removed together with others. */
interface Gone {
  seq: number;
  removedAt: string;
}

/** What api lacks of a range of ids, each message as it is now. */
export interface Changes {
  messages: Message[];
  removed: Removed[];
  /** Messages on which somebody's emoji changed. */
  reacted: Snowflake[];
}

/**
 * The messages with changes that api lacks. Memory holds the youngest events; those that leave it
 * undrained (in an outage) are noted in storage by the ids of their messages, so that one of them, or
 * a range, is found among hundreds of thousands without reading them.
 */
export class Undrained {
  readonly #storage: Storage;
  readonly #log: EventLog;
  /** No event after this one has been noted. */
  #lateTo = 0;

  constructor(storage: Storage, log: EventLog) {
    this.#storage = storage;
    this.#log = log;
  }

  /** The log has started. */
  async start(drained: number): Promise<void> {
    this.#lateTo = Number((await this.#storage.get(LATE_TO)) ?? 0);
    // Memory is shorter after a restart: what it held more was not noted.
    const end = this.#log.reach;
    for (let seq = Math.max(drained, this.#lateTo) + 1; seq < end; seq += REPLAY_LENGTH) {
      const records = await this.#log.read(seq, Math.min(REPLAY_LENGTH, end - seq));
      this.note(records.map(subjectOf));
    }
  }

  /** Of the events that left memory, those that api does not have. */
  note(events: readonly Omit<Entry, 'frame'>[]): void {
    const last = events.at(-1);
    if (last === undefined) return;
    for (const { seq, messageId, removed, reacted } of events) {
      if (messageId !== undefined) this.#storage.put(keyOf(LATE, messageId), seq);
      if (reacted !== undefined) this.#storage.put(keyOf(REACTED, reacted), seq);
      if (removed === undefined) continue;
      // Beside the note of its own that one has of which api lacks more than its end.
      const gone: Gone = { seq, removedAt: removed.at };
      for (const id of removed.ids) this.#storage.put(keyOf(GONE, id), gone);
    }
    this.#lateTo = last.seq;
    this.#storage.put(LATE_TO, last.seq);
  }

  /** Keys of the notes that are settled once api has these events. */
  async settledBy(records: readonly ChannelRecord[]): Promise<string[]> {
    const late = records.filter(({ seq }) => seq <= this.#lateTo);
    const settled = late.flatMap((record) =>
      keysOf(record).map(async (key) => {
        const noted = await this.#storage.get(key);
        const seq = typeof noted === 'number' ? noted : (noted as Gone | undefined)?.seq; // Written above.
        return seq === record.seq ? key : undefined;
      }),
    );
    return (await Promise.all(settled)).filter((key) => key !== undefined);
  }

  /** The changed messages of a range; no more than a page of them is read. */
  async changes(ask: AskUndrained, drained: number): Promise<Changes> {
    const newest = new Map<Snowflake, number>();
    const gone = new Map<Snowflake, string>();
    const touched = new Map<Snowflake, number>();
    if (drained < this.#lateTo) {
      for (const [id, seq] of await this.#noted(LATE, ask)) newest.set(id, Number(seq));
      for (const [id, note] of await this.#noted(GONE, ask)) {
        gone.set(id, (note as Gone).removedAt); // Written above.
      }
      for (const [id, seq] of await this.#noted(REACTED, ask)) touched.set(id, Number(seq));
    }
    for (const { messageId, removed, reacted, seq } of this.#log.since(drained)) {
      if (messageId !== undefined && isWithin(ask, messageId)) newest.set(messageId, seq);
      if (reacted !== undefined && isWithin(ask, reacted)) touched.set(reacted, seq);
      if (removed === undefined) continue;
      for (const id of removed.ids) if (isWithin(ask, id)) gone.set(id, gone.get(id) ?? removed.at);
    }
    const frames = await Promise.all(firstOf(newest, ask).map(([, seq]) => this.#log.frame(seq)));
    // One that is not there any more was drained meanwhile.
    const messages = frames
      .filter((frame) => frame !== undefined)
      .map((frame) => (JSON.parse(frame) as MessageRecord).message); // Written by the log.
    const removed = firstOf(gone, ask).map(([id, removedAt]) => ({ id, removedAt }));
    return { messages, removed, reacted: firstOf(touched, ask).map(([id]) => id) };
  }

  /** A message as the events left it that neither memory nor api has. */
  async find(id: Snowflake, drained: number): Promise<Message | 'removed' | undefined> {
    if (drained >= this.#lateTo) return undefined;
    const keys = [keyOf(GONE, id), keyOf(LATE, id)];
    const [gone, seq] = await Promise.all(keys.map((key) => this.#storage.get(key)));
    if (gone !== undefined) return 'removed';
    const frame = typeof seq === 'number' ? await this.#log.frame(seq) : undefined;
    // One that is not there any more was drained meanwhile.
    return frame === undefined ? undefined : (JSON.parse(frame) as MessageRecord).message;
  }

  /** Of these messages, those that such an event removed together with others. */
  async gone(ids: readonly Snowflake[], drained: number): Promise<Set<Snowflake>> {
    if (drained >= this.#lateTo) return new Set();
    const notes = await Promise.all(ids.map((id) => this.#storage.get(keyOf(GONE, id))));
    return new Set(ids.filter((_, at) => notes[at] !== undefined));
  }

  /** The last events about these messages that neither memory nor api has. */
  async late(ids: readonly Snowflake[], drained: number): Promise<number[]> {
    if (drained >= this.#lateTo) return [];
    const seqs = await Promise.all(ids.map((id) => this.#storage.get(keyOf(LATE, id))));
    return seqs.filter((seq) => typeof seq === 'number');
  }

  /** Forgets everything: the channel was deleted. */
  async clear(): Promise<void> {
    this.#lateTo = 0;
    this.#storage.delete(LATE_TO);
    for (const prefix of [LATE, GONE, REACTED]) await this.#forget(prefix);
  }

  async #forget(prefix: string): Promise<void> {
    for (;;) {
      const rows = await this.#storage.list({ prefix, limit: REPLAY_LENGTH });
      for (const [key] of rows) this.#storage.delete(key);
      if (rows.length < REPLAY_LENGTH) return;
    }
  }

  async #noted(prefix: string, ask: AskUndrained): Promise<[Snowflake, unknown][]> {
    const { after, before, first, limit } = ask;
    const rows = await this.#storage.list({
      prefix,
      // The key behind it.
      ...(after === undefined ? {} : { start: `${keyOf(prefix, after)}!` }),
      ...(before === undefined ? {} : { end: keyOf(prefix, before) }),
      limit,
      reverse: first === 'newest',
    });
    return rows.map(([key, value]) => [idOf(key), value]);
  }
}

/**
 * What a room that is not in memory would answer, where its storage alone can tell: turning the
 * pages of old channels wakes no rooms. Undefined: it has to be asked itself.
 */
export async function answerAsleep(
  storage: Pick<Storage, 'get' | 'list'>,
  events: readonly unknown[],
): Promise<PublishAnswer[] | undefined> {
  if (!events.every(asksUndrained)) return undefined;
  const [drained, [youngest]] = await Promise.all([
    storage.get('drained'),
    storage.list({ prefix: 'event/', limit: 1, reverse: true }),
  ]);
  const seq = youngest === undefined ? 0 : (youngest[1] as ChannelRecord).seq; // Written by the log.
  return seq > Number(drained ?? 0) ? undefined : events.map(() => ({ ok: true, messages: [] }));
}

function asksUndrained(event: unknown): boolean {
  return (
    typeof event === 'object' && event !== null && 'type' in event && event.type === 'undrained'
  );
}

function isWithin({ after, before }: AskUndrained, id: Snowflake): boolean {
  return (
    (after === undefined || compareSnowflakes(id, after) > 0) &&
    (before === undefined || compareSnowflakes(id, before) < 0)
  );
}

function firstOf<T>(known: ReadonlyMap<Snowflake, T>, { first, limit }: AskUndrained) {
  const sign = first === 'newest' ? -1 : 1;
  return [...known].sort(([one], [other]) => sign * compareSnowflakes(one, other)).slice(0, limit);
}

function keysOf(record: ChannelRecord): string[] {
  if (isMessageRecord(record)) return [keyOf(LATE, record.message.id)];
  if (record.type === 'reaction.changed') return [keyOf(REACTED, record.messageId)];
  return record.type === 'messages.removed' ? record.ids.map((id) => keyOf(GONE, id)) : [];
}

/** Of one length, so that the order of keys is that of ids. */
function keyOf(prefix: string, id: Snowflake): string {
  return prefix + id.padStart(ID_DIGITS, '0');
}

function idOf(key: string): Snowflake {
  return BigInt(key.slice(key.indexOf('/') + 1)).toString() as Snowflake; // Of an id, above.
}
