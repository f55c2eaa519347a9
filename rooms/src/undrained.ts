import { compareSnowflakes, type Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import { REPLAY_LENGTH } from '../contract/limits.ts';
import type { AskUndrained, PublishAnswer } from '../contract/publish.ts';
import type { ChannelRecord, MessageRecord } from '../contract/server-event.ts';
import type { Entry, EventLog } from './event-log.ts';
import type { Storage } from './host.ts';

const PREFIX = 'late/';
const LATE_TO = 'lateTo';
const ID_DIGITS = 19;

/**
 * The messages with changes that api lacks. Memory holds the youngest events; those that leave it
 * undrained (in an outage) are noted in storage by the id of their message, so that a range of ids
 * is found among hundreds of thousands without reading them.
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
      this.note(records.map((record) => ({ seq: record.seq, messageId: messageIdOf(record) })));
    }
  }

  /** Of the events that left memory, those that api does not have. */
  note(events: readonly Pick<Entry, 'seq' | 'messageId'>[]): void {
    const last = events.at(-1);
    if (last === undefined) return;
    for (const { seq, messageId } of events) {
      // Of many that were removed at once, those that api lacks have a note of their own.
      if (messageId !== undefined) this.#storage.put(keyOf(messageId), seq);
    }
    this.#lateTo = last.seq;
    this.#storage.put(LATE_TO, last.seq);
  }

  /** Keys of the notes that are settled once api has these events. */
  async settledBy(records: readonly ChannelRecord[]): Promise<string[]> {
    const late = records.filter(({ seq }) => seq <= this.#lateTo);
    const settled = late.map(async (record) => {
      const messageId = messageIdOf(record);
      if (messageId === undefined) return undefined;
      const { seq } = record;
      const key = keyOf(messageId);
      return (await this.#storage.get(key)) === seq ? key : undefined;
    });
    return (await Promise.all(settled)).filter((key) => key !== undefined);
  }

  /** The changed messages of a range, each as it is now; no more than a page of them is read. */
  async messages(ask: AskUndrained, drained: number): Promise<Message[]> {
    const newest = new Map<string, number>();
    for (const [key, seq] of drained < this.#lateTo ? await this.#lateWithin(ask) : []) {
      newest.set(BigInt(key.slice(PREFIX.length)).toString(), Number(seq));
    }
    for (const { messageId, seq } of this.#log.since(drained)) {
      if (messageId !== undefined && isWithin(ask, messageId)) newest.set(messageId, seq);
    }
    const sign = ask.first === 'newest' ? -1 : 1;
    const first = [...newest]
      .sort(([one], [other]) => sign * compareSnowflakes(one, other))
      .slice(0, ask.limit);
    const frames = await Promise.all(first.map(([, seq]) => this.#log.frame(seq)));
    // One that is not there any more was drained meanwhile.
    return frames
      .filter((frame) => frame !== undefined)
      .map((frame) => (JSON.parse(frame) as MessageRecord).message); // Written by the log.
  }

  /** The last events about these messages that neither memory nor api has. */
  async late(ids: readonly Snowflake[], drained: number): Promise<number[]> {
    if (drained >= this.#lateTo) return [];
    const seqs = await Promise.all(ids.map((id) => this.#storage.get(keyOf(id))));
    return seqs.filter((seq) => typeof seq === 'number');
  }

  /** Forgets everything: the channel was deleted. */
  async clear(): Promise<void> {
    this.#lateTo = 0;
    this.#storage.delete(LATE_TO);
    for (;;) {
      const rows = await this.#storage.list({ prefix: PREFIX, limit: REPLAY_LENGTH });
      for (const [key] of rows) this.#storage.delete(key);
      if (rows.length < REPLAY_LENGTH) return;
    }
  }

  #lateWithin({ after, before, first, limit }: AskUndrained): Promise<[string, unknown][]> {
    return this.#storage.list({
      prefix: PREFIX,
      // The key behind it.
      ...(after === undefined ? {} : { start: `${keyOf(after)}!` }),
      ...(before === undefined ? {} : { end: keyOf(before) }),
      limit,
      reverse: first === 'newest',
    });
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

function messageIdOf(record: ChannelRecord): Snowflake | undefined {
  return record.type === 'messages.removed' ? undefined : record.message.id;
}

/** Of one length, so that the order of keys is that of ids. */
function keyOf(id: Snowflake): string {
  return PREFIX + id.padStart(ID_DIGITS, '0');
}
