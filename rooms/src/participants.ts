import type { Snowflake } from '@harmonium/api/ids';
import type { Storage } from './host.ts';

/** A ticket issued this soon after a change may have been read before it, in seconds. */
const DOUBT_S = 5;

interface Stored {
  ids: Snowflake[];
  /** Unix time in seconds. */
  at: number;
}

/** Who is in a direct conversation; a channel of a server has none. */
export class Participants {
  readonly #storage: Storage;
  #known: Stored | undefined;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  async start(): Promise<void> {
    this.#known = (await this.#storage.get('participants')) as Stored | undefined; // Written below.
  }

  get ids(): readonly Snowflake[] | undefined {
    return this.#known?.ids;
  }

  /** Whether somebody may be here, as far as that depends on who takes part. */
  admit(userId: Snowflake): boolean {
    return this.#known === undefined || this.#known.ids.includes(userId);
  }

  set(ids: Snowflake[], now: number): void {
    this.#keep({ ids, at: Math.floor(now / 1000) });
  }

  /** What a ticket says is good where nothing is known, or where it is clearly younger. */
  learn(ids: Snowflake[] | undefined, issuedAt: number): void {
    if (ids === undefined) return;
    if (this.#known !== undefined && issuedAt <= this.#known.at + DOUBT_S) return;
    if (this.#known?.ids.join() !== ids.join()) this.#keep({ ids, at: issuedAt });
  }

  #keep(known: Stored): void {
    this.#known = known;
    this.#storage.put('participants', known);
  }
}
