import type { ChannelStanding } from '@harmonium/api/internal';
import type { ChannelTicket } from '@harmonium/api/ticket';
import type { Storage } from './host.ts';
import { outlived } from './outlived.ts';

/**
 * A ticket issued this soon after a change may have been read before it, or by a clock that is
 * ahead: asking once more costs a line of a query.
 */
const DOUBT_S = 5;

/** Tickets issued until `at` (Unix time in seconds) are doubted; `turn` puts marks in order. */
interface Mark {
  at: number;
  turn: number;
}

/** What api said of a user, asked after the mark of that `turn`. */
interface Standing extends Mark {
  /** '0': no member, or may not view the channel. */
  permissions: string;
  recheckAt: string | null;
}

type Claims = Pick<ChannelTicket, 'permissions' | 'recheckAt'>;

/**
 * What users may do in a channel where their tickets are not to be believed: it changed after they
 * were issued. Kept at least as long as such a ticket could live.
 */
export class Standings {
  readonly #storage: Storage;
  readonly #marks = new Map<string, Mark>();
  readonly #answers = new Map<string, Standing>();
  #turn = 0;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  async start(now: number): Promise<void> {
    // Both written below.
    for (const [key, value] of await this.#storage.list({ prefix: 'doubt/' })) {
      const mark = value as Mark;
      this.#marks.set(key, mark);
      this.#turn = Math.max(this.#turn, mark.turn);
    }
    for (const [key, value] of await this.#storage.list({ prefix: 'standing/' })) {
      const standing = value as Standing;
      this.#answers.set(key, standing);
      this.#turn = Math.max(this.#turn, standing.turn);
    }
    this.#sweep(now);
  }

  /** The number of changes so far: what is asked now is an answer to all of them. */
  get turn(): number {
    return this.#turn;
  }

  /** What these users (absent: all) may do has changed. */
  doubt(userIds: readonly string[] | undefined, now: number): void {
    this.#turn += 1;
    const mark: Mark = { at: seconds(now), turn: this.#turn };
    for (const key of userIds?.map(doubtKey) ?? [doubtKey('')]) {
      this.#marks.set(key, mark);
      this.#storage.put(key, mark);
    }
    this.#sweep(now);
  }

  /** @param turn what `turn` was when it was asked */
  learn(
    { userId, permissions, recheckAt }: Omit<ChannelStanding, 'slowmode'>,
    turn: number,
    now: number,
  ): void {
    const known = this.#answerOf(userId);
    if (known !== undefined && known.turn > turn) return;
    const standing = { at: seconds(now), turn, permissions: permissions ?? '0', recheckAt };
    this.#answers.set(standingKey(userId), standing);
    this.#storage.put(standingKey(userId), standing);
  }

  /** True until api has said what holds since the last change; `turn`: of what is known already. */
  isOpen(userId: string, turn: number): boolean {
    const mark = this.#markOf(userId);
    return mark !== undefined && Math.max(turn, this.#answerOf(userId)?.turn ?? 0) < mark.turn;
  }

  /** True when only api can tell what somebody's word of that second (Unix time) is worth. */
  doubts(userId: string, issuedAt: number, now: number): boolean {
    if (!this.#isInDoubt(userId, issuedAt)) return false;
    const known = this.#answerOf(userId);
    if (known === undefined || this.isOpen(userId, 0)) return true;
    if (known.recheckAt !== null && Date.parse(known.recheckAt) <= now) return true;
    // Somebody who was let in again since: no change of theirs, so nobody told the room.
    return known.permissions === '0' && known.at <= issuedAt;
  }

  /** What holds in place of claims of that second; undefined: only api can tell. */
  claims(userId: string, issuedAt: number, claimed: Claims): Claims | undefined {
    const isInDoubt = this.#isInDoubt(userId, issuedAt);
    if (isInDoubt && this.isOpen(userId, 0)) return undefined;
    const known = this.#answerOf(userId);
    if (known !== undefined && (isInDoubt || issuedAt <= known.at)) return this.of(userId);
    return { permissions: claimed.permissions, recheckAt: claimed.recheckAt };
  }

  /** What api said last. */
  of(userId: string): Pick<Standing, 'permissions' | 'recheckAt'> | undefined {
    const known = this.#answerOf(userId);
    return known && { permissions: known.permissions, recheckAt: known.recheckAt };
  }

  #isInDoubt(userId: string, issuedAt: number): boolean {
    const mark = this.#markOf(userId);
    return mark !== undefined && issuedAt <= mark.at + DOUBT_S;
  }

  #answerOf(userId: string): Standing | undefined {
    return this.#answers.get(standingKey(userId));
  }

  #markOf(userId: string): Mark | undefined {
    const all = this.#marks.get(doubtKey(''));
    const own = this.#marks.get(doubtKey(userId));
    return own === undefined || (all !== undefined && all.turn > own.turn) ? all : own;
  }

  #sweep(now: number): void {
    for (const kept of [this.#marks, this.#answers]) {
      for (const key of outlived(kept, now)) {
        kept.delete(key);
        this.#storage.delete(key);
      }
    }
  }
}

function doubtKey(userId: string): string {
  return `doubt/${userId}`;
}

function standingKey(userId: string): string {
  return `standing/${userId}`;
}

function seconds(now: number): number {
  return Math.floor(now / 1000);
}
