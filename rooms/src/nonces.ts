import type { Snowflake } from '@harmonium/api/ids';
import type { ChannelRecord } from '../contract/server-event.ts';
import type { Storage } from './host.ts';

/**
 * Nonces kept for each user: their own youngest, however much others say meanwhile. Flood control
 * lets nobody have more under way between two acknowledgements.
 */
const KEPT_PER_USER = 500;
/** A client that is back after this long asks anew, in milliseconds. */
export const NONCE_TTL_MS = 2 * 24 * 60 * 60 * 1000;
export const NONCE_SWEEP_MS = 24 * 60 * 60 * 1000;

const PREFIX = 'nonce/';
const SWEPT = 'noncesSwept';
const PAGE = 1_000;

/** What a user's nonce led to: enough to answer it again. */
export interface Outcome {
  type: ChannelRecord['type'];
  seq: number;
  messageId: Snowflake;
  /** Milliseconds since the Unix epoch. */
  at: number;
}
type Row = Outcome & { nonce: string };

/** What users' nonces led to. A user's are in memory while the user is connected. */
export class Nonces {
  readonly #storage: Storage;
  /** By user, then by nonce, oldest first. */
  readonly #users = new Map<string, Map<string, Outcome>>();
  #sweptAt: number | undefined;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  async start(): Promise<void> {
    const sweptAt = await this.#storage.get(SWEPT);
    this.#sweptAt = typeof sweptAt === 'number' ? sweptAt : undefined;
  }

  isLoaded(userId: string): boolean {
    return this.#users.has(userId);
  }

  /** Has to have ended before a user's nonces are asked for. */
  async load(userId: string): Promise<void> {
    if (this.isLoaded(userId)) return;
    const rows = await this.#storage.list({ prefix: `${PREFIX}${userId}/` });
    if (this.isLoaded(userId)) return;
    const outcomes = rows.map(([, value]) => value as Row); // Written below.
    this.#users.set(userId, new Map(outcomes.map(({ nonce, ...outcome }) => [nonce, outcome])));
  }

  /** Forgets, in memory, whoever is not among these. */
  keepLoaded(userIds: ReadonlySet<string>): void {
    for (const userId of this.#users.keys()) {
      if (!userIds.has(userId)) this.#users.delete(userId);
    }
  }

  get(userId: string, nonce: string): Outcome | undefined {
    return this.#users.get(userId)?.get(nonce);
  }

  add(userId: string, nonce: string, outcome: Outcome): void {
    this.#storage.put(keyOf(userId, outcome.seq), { ...outcome, nonce } satisfies Row);
    if (this.#sweptAt === undefined) this.#swept(outcome.at);
    // Gone while an edit was under way: it is in storage for the next time.
    const own = this.#users.get(userId);
    if (own === undefined) return;
    own.set(nonce, outcome);
    for (const [oldest, { seq }] of own) {
      if (own.size <= KEPT_PER_USER) break;
      own.delete(oldest);
      this.#storage.delete(keyOf(userId, seq));
    }
  }

  /** When to sweep next; undefined while nobody's nonce is kept. */
  get sweepAt(): number | undefined {
    return this.#sweptAt === undefined ? undefined : this.#sweptAt + NONCE_SWEEP_MS;
  }

  /** Deletes what is older than NONCE_TTL_MS, also of users who never came back. */
  async sweep(now: number): Promise<void> {
    let start: string | undefined;
    let kept = 0;
    for (;;) {
      const rows = await this.#storage.list({ prefix: PREFIX, start, limit: PAGE });
      for (const [key, value] of rows) {
        if (now - (value as Row).at <= NONCE_TTL_MS) kept += 1;
        else this.#storage.delete(key);
      }
      const last = rows.at(-1);
      if (rows.length < PAGE || last === undefined) break;
      start = `${last[0]}\u0000`;
    }
    if (kept > 0) this.#swept(now);
    else {
      this.#sweptAt = undefined;
      this.#storage.delete(SWEPT);
    }
  }

  async clear(): Promise<void> {
    this.#users.clear();
    await this.sweep(Infinity);
  }

  #swept(at: number): void {
    this.#sweptAt = at;
    this.#storage.put(SWEPT, at);
  }
}

function keyOf(userId: string, seq: number): string {
  return `${PREFIX}${userId}/${String(seq).padStart(15, '0')}`;
}
