import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import type { EventLog } from './event-log.ts';
import type { Log } from './host.ts';
import type { Refusal } from './lobby.ts';
import type { Undrained } from './undrained.ts';

/** Messages wherever they are: in memory, in the outbox, or in api. */
export class FindMessage {
  readonly #log: EventLog;
  readonly #undrained: Undrained;
  readonly #drained: () => number;
  readonly #ask: (id: Snowflake) => Promise<Message | undefined>;
  readonly #report: Log;

  constructor(options: {
    log: EventLog;
    undrained: Undrained;
    drained: () => number;
    ask: (id: Snowflake) => Promise<Message | undefined>;
    report: Log;
  }) {
    this.#log = options.log;
    this.#undrained = options.undrained;
    this.#drained = options.drained;
    this.#ask = options.ask;
    this.#report = options.report;
  }

  /** Undefined: memory does not hold it. */
  inMemory(id: Snowflake): Message | 'removed' | undefined {
    return this.#log.recall(id);
  }

  /** Undefined: there is none. After it has answered, memory may know better. */
  async elsewhere(id: Snowflake): Promise<Message | 'removed' | undefined | Refusal> {
    try {
      return (await this.#undrained.find(id, this.#drained())) ?? (await this.#ask(id));
    } catch (error) {
      this.#report.warn({ error }, 'an older message could not be looked up');
      return UNAVAILABLE;
    }
  }
}

export const UNAVAILABLE: Refusal = {
  code: 'unavailable',
  message: 'Try again in a moment.',
  retryAfter: 5,
};
