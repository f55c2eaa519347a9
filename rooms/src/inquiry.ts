import type { Snowflake } from '@harmonium/api/ids';
import { MAX_STANDINGS, type ChannelStanding } from '@harmonium/api/internal';
import { Buckets } from './bucket.ts';
import type { Log } from './host.ts';

/** Whoever waits for an answer does not wait longer, in milliseconds. */
export const ANSWER_WITHIN_MS = 5_000;
/** A crowd that comes back comes over seconds: after the first questions the next ones gather. */
const QUESTIONS = { burst: 20, perSecond: 5 };
const RETRY_MIN_MS = 250;
const RETRY_MAX_MS = 5_000;

/** What api said of these users; undefined: the channel is gone. */
export interface Answer {
  userIds: readonly Snowflake[];
  standings: readonly ChannelStanding[] | undefined;
  turn: number;
  askedAt: number;
}

interface Question extends Omit<Answer, 'standings'> {
  /** Asked again until it is answered. */
  wanted: ReadonlySet<Snowflake>;
  waiting: readonly ((answered: boolean) => void)[];
}

/**
 * Asks api what users may do: one question at a time, so that all who come meanwhile are in the next
 * one, however many they are.
 */
export class Inquiry {
  readonly #ask: (userIds: Snowflake[]) => Promise<ChannelStanding[] | undefined>;
  readonly #turn: () => number;
  readonly #told: (answer: Answer) => void;
  readonly #moved: () => void;
  readonly #now: () => number;
  readonly #random: () => number;
  readonly #log: Log;
  readonly #wanted = new Set<Snowflake>();
  #waiting = new Map<Snowflake, ((answered: boolean) => void)[]>();
  #asked: Question | undefined;
  #failures = 0;
  #retryAt: number | undefined;
  readonly #pace = new Buckets(QUESTIONS);
  /** Until when the next question waits for more who ask. */
  #gathersUntil: number | undefined;

  constructor(options: {
    ask: (userIds: Snowflake[]) => Promise<ChannelStanding[] | undefined>;
    /** The number of changes so far. */
    turn: () => number;
    told: (answer: Answer) => void;
    /** `wakeAt` may have changed. */
    moved: () => void;
    now: () => number;
    random: () => number;
    log: Log;
  }) {
    this.#ask = options.ask;
    this.#turn = options.turn;
    this.#told = options.told;
    this.#moved = options.moved;
    this.#now = options.now;
    this.#random = options.random;
    this.#log = options.log;
  }

  /** Asks until there is an answer. */
  want(userIds: Iterable<Snowflake>): void {
    for (const userId of userIds) this.#wanted.add(userId);
    this.#go();
  }

  /** True once api has answered a question asked from now on; false: it does not answer. */
  answered(userId: Snowflake): Promise<boolean> {
    // While api is away everyone is sent off at once, to come back a little later.
    if (this.#retryAt !== undefined && this.#now() < this.#retryAt) return Promise.resolve(false);
    return new Promise((resolve) => {
      this.#waiting.set(userId, [...(this.#waiting.get(userId) ?? []), resolve]);
      this.#go();
    });
  }

  /** When to call `wake`. */
  get wakeAt(): number | undefined {
    if (this.#asked !== undefined) return this.#asked.askedAt + ANSWER_WITHIN_MS;
    return this.#retryAt ?? this.#gathersUntil;
  }

  wake(): void {
    const now = this.#now();
    const asked = this.#asked;
    if (asked !== undefined && now - asked.askedAt >= ANSWER_WITHIN_MS) {
      this.#fail(asked, new Error('api does not answer'));
    }
    if (this.#retryAt !== undefined && now >= this.#retryAt) this.#retryAt = undefined;
    this.#go();
  }

  #go(): void {
    if (this.#asked !== undefined || this.#retryAt !== undefined) return;
    this.#gathersUntil = undefined;
    if (this.#wanted.size + this.#waiting.size > 0) {
      const wait = this.#pace.take('', this.#now());
      if (wait > 0) this.#gathersUntil = this.#now() + Math.ceil(wait * 1000);
      else this.#askNow();
    }
    this.#moved();
  }

  #askNow(): void {
    const userIds = [...new Set([...this.#wanted, ...this.#waiting.keys()])].slice(
      0,
      MAX_STANDINGS,
    );
    const question: Question = {
      userIds,
      turn: this.#turn(),
      askedAt: this.#now(),
      wanted: new Set(userIds.filter((userId) => this.#wanted.delete(userId))),
      waiting: userIds.flatMap((userId) => this.#waiting.get(userId) ?? []),
    };
    for (const userId of userIds) this.#waiting.delete(userId);
    this.#asked = question;
    void this.#pursue(question);
  }

  async #pursue(question: Question): Promise<void> {
    try {
      const standings = await this.#ask([...question.userIds]);
      // Also when nobody waits for it any more: it is true all the same.
      this.#told({ ...question, standings });
    } catch (error) {
      this.#fail(question, error);
      return;
    }
    for (const resolve of question.waiting) resolve(true);
    this.#failures = 0;
    this.#retryAt = undefined;
    if (this.#asked === question) this.#asked = undefined;
    this.#go();
  }

  #fail(question: Question, error: unknown): void {
    if (this.#asked !== question) return;
    this.#asked = undefined;
    for (const userId of question.wanted) this.#wanted.add(userId);
    const ceiling = Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** this.#failures);
    this.#failures += 1;
    this.#retryAt = this.#now() + RETRY_MIN_MS / 2 + this.#random() * ceiling;
    this.#log.warn({ error, users: question.userIds.length }, 'api was not asked who may what');
    const waiting = [...this.#waiting.values()].flat();
    this.#waiting = new Map();
    for (const resolve of [...question.waiting, ...waiting]) resolve(false);
    this.#moved();
  }
}
