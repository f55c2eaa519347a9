import { SNOWFLAKE_EPOCH_MS, snowflakeTime, type Snowflake } from '@harmonium/api/ids';
import type { StoredPast } from '@harmonium/api/internal';
import type { Message } from '@harmonium/api/message';
import { HISTORY_LENGTH } from '../contract/limits.ts';
import type { EventLog } from './event-log.ts';
import type { Log, Storage } from './host.ts';
import { within } from './within.ts';

const KEY = 'past';
/** Whoever comes in waits no longer than this for what api knows, in milliseconds. */
const WAIT_MS = 1_000;
const ASK_AGAIN_MS = 10_000;

interface Known {
  /** The last event before the log began. */
  seq: number;
  /** The first event there is; absent: api has not been heard yet. */
  origin?: number;
}

/** What api has of the time before the log. */
export interface Older extends StoredPast {
  /** The oldest message of it; undefined: there never was an older one. */
  from: Snowflake | undefined;
}

/** Where a log begins; `older` is absent until api is heard. */
export type Begun = (seq: number, older?: Older) => void;

/**
 * What was said before the log began. A log that begins may be that of a new channel, or of one
 * whose room lost its storage: only api knows. It is asked once, before the first word; where it is
 * away, the log begins without, and api is asked again.
 *
 * A log with a past begins far beyond every number that the lost one can have reached (at the
 * microseconds since 2024), so that no client takes it for the one it knew.
 */
export class Past {
  readonly #storage: Storage;
  readonly #log: EventLog;
  readonly #ask: (limit: number) => Promise<StoredPast>;
  readonly #begun: Begun;
  readonly #now: () => number;
  readonly #report: Log;
  #known: Known | undefined;
  #asking: Promise<void> | undefined;
  #askedAt = -Infinity;

  /**
   * @param options.ask what is stored of the end of the channel
   * @param options.begun told where the log begins, and then of what api had
   */
  constructor(options: {
    storage: Storage;
    log: EventLog;
    ask: (limit: number) => Promise<StoredPast>;
    begun: Begun;
    now: () => number;
    report: Log;
  }) {
    this.#storage = options.storage;
    this.#log = options.log;
    this.#ask = options.ask;
    this.#begun = options.begun;
    this.#now = options.now;
    this.#report = options.report;
  }

  /** The log has started. */
  async start(): Promise<void> {
    const stored = (await this.#storage.get(KEY)) as Known | undefined; // Written below.
    // A log that is older than this question began with its channel.
    this.#known = stored ?? (this.#log.seq > 0 ? { seq: 0, origin: 1 } : undefined);
    if (this.#known !== undefined) this.#log.begin(this.#known.seq, this.#known.origin);
  }

  /** Ends when the log may be read and written. */
  async meet(): Promise<void> {
    if (this.#known?.origin !== undefined) return;
    if (Math.abs(this.#now() - this.#askedAt) >= ASK_AGAIN_MS) {
      this.#askedAt = this.#now();
      this.#asking = this.#hear();
    }
    if (this.#known !== undefined) return;
    await within(WAIT_MS, this.#asking);
    if (this.#known === undefined) this.#begin(this.#startingPoint([]));
  }

  async #hear(): Promise<void> {
    try {
      const past = await this.#ask(HISTORY_LENGTH);
      const messages = past.messages.toReversed();
      if (this.#known === undefined) {
        this.#begin(messages.length === 0 ? 0 : this.#startingPoint(messages));
      }
      this.#join(past);
    } catch (error) {
      this.#report.warn({ error }, 'what was said before could not be had');
    }
  }

  #begin(seq: number): void {
    this.#know({ seq });
    this.#begun(seq);
  }

  #join(past: StoredPast): void {
    if (this.#known === undefined) return;
    const { seq } = this.#known;
    // While api was away, some of what it has now was written here.
    const messages = past.messages.filter(({ id }) => this.#log.recall(id) === undefined);
    const ours = new Set(
      past.messages.filter((each) => !messages.includes(each)).map(({ id }) => id),
    );
    const reactions = past.reactions.filter(({ messageId }) => !ours.has(messageId));
    this.#log.precede(seq, messages.toReversed());
    this.#know({ seq, origin: seq + 1 - messages.length });
    const isAll = past.messages.length < HISTORY_LENGTH;
    const from = isAll ? undefined : past.messages.at(-1)?.id;
    this.#begun(seq, { ...past, messages, reactions, from });
  }

  #know(known: Known): void {
    this.#known = known;
    this.#log.begin(known.seq, known.origin);
    this.#storage.put(KEY, known);
  }

  #startingPoint(messages: readonly Message[]): number {
    const newest: Snowflake | undefined = messages.at(-1)?.id;
    const time = Math.max(this.#now(), newest === undefined ? 0 : snowflakeTime(newest));
    return (time - SNOWFLAKE_EPOCH_MS) * 1_000;
  }
}
