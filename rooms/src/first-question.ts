import type { Log, Storage } from './host.ts';
import { within } from './within.ts';

/** Whoever comes in waits no longer than this, in milliseconds. */
const WAIT_MS = 1_000;
const ASK_AGAIN_MS = 10_000;

/**
 * What a room that has no storage yet asks api once, before its first word. Where api is away the
 * room begins without, and asks again with whoever comes later.
 */
export class FirstQuestion<Answer> {
  readonly #storage: Storage;
  readonly #key: string;
  readonly #ask: () => Promise<Answer>;
  readonly #hear: (answer: Answer) => void;
  readonly #now: () => number;
  readonly #log: Log;
  #isAnswered = false;
  #asking: Promise<void> | undefined;
  #askedAt = -Infinity;

  /** @param options.key where it is kept that the question was answered */
  constructor(options: {
    storage: Storage;
    key: string;
    ask: () => Promise<Answer>;
    hear: (answer: Answer) => void;
    now: () => number;
    log: Log;
  }) {
    this.#storage = options.storage;
    this.#key = options.key;
    this.#ask = options.ask;
    this.#hear = options.hear;
    this.#now = options.now;
    this.#log = options.log;
  }

  async start(): Promise<void> {
    this.#isAnswered = (await this.#storage.get(this.#key)) === true;
  }

  async meet(): Promise<void> {
    if (this.#isAnswered) return;
    if (Math.abs(this.#now() - this.#askedAt) >= ASK_AGAIN_MS) {
      this.#askedAt = this.#now();
      this.#asking = this.#answer();
    }
    await within(WAIT_MS, this.#asking);
  }

  async #answer(): Promise<void> {
    try {
      const answer = await this.#ask();
      if (this.#isAnswered) return;
      this.#isAnswered = true;
      this.#storage.put(this.#key, true);
      this.#hear(answer);
    } catch (error) {
      this.#log.warn({ error }, 'what api has stored could not be had');
    }
  }
}
