import type { Snowflake } from '@harmonium/api/ids';
import type { Naming } from '../contract/publish.ts';
import type { ChannelRecord } from '../contract/server-event.ts';
import type { EventLog } from './event-log.ts';
import type { Kept } from './kept-event.ts';
import type { Nonces } from './nonces.ts';

/** What came of something that was accepted. */
export interface Accepted {
  record: ChannelRecord;
  frame: string;
  /** Whom a new message names. */
  naming?: Naming;
}

/** An event without the place that it gets in the log. */
export type Happening = Kept extends infer R ? (R extends Kept ? Omit<R, 'seq'> : never) : never;

/** The only way into the channel's log: numbers what happens, and keeps whose nonce it answers. */
export class Journal {
  readonly #log: EventLog;
  readonly #nonces: Nonces;
  readonly #now: () => number;

  constructor(options: { log: EventLog; nonces: Nonces; now: () => number }) {
    this.#log = options.log;
    this.#nonces = options.nonces;
    this.#now = options.now;
  }

  /** @param by whose nonce it carries, if it carries one */
  write(happening: Happening, by?: Snowflake): Accepted {
    const seq = this.#log.seq + 1;
    const record: Kept = { ...happening, seq };
    const frame = this.#log.append(record);
    if (by !== undefined && 'nonce' in record && record.nonce !== undefined) {
      const { type, nonce } = record;
      this.#nonces.add(by, nonce, { type, seq, messageId: subject(record), at: this.#now() });
    }
    return { record, frame };
  }
}

function subject(record: Exclude<ChannelRecord, { type: 'messages.removed' }>): Snowflake {
  return 'message' in record ? record.message.id : record.messageId;
}
