import type { Snowflake } from '@harmonium/api/ids';
import { MAX_STANDINGS } from '@harmonium/api/internal';
import type { Member } from '@harmonium/api/member';
import type { Log } from './host.ts';
import type { RoomsApi } from './rooms-api.ts';

/** Time for those who come back at once to be asked about together. */
const GATHER_MS = 1_000;
const ASK_AGAIN_MS = 15_000;

/**
 * Members whose standing may have changed without this room's hearing of it: while it was away, or
 * api. They are let in as their tickets say, and asked about together behind their backs.
 */
export class DoubtedMembers {
  readonly #ask: (userIds: Snowflake[]) => ReturnType<RoomsApi['members']>;
  readonly #wake: (delay: number) => void;
  readonly #log: Log;
  readonly #unsure = new Set<Snowflake>();
  #asking = new Set<Snowflake>();

  constructor(options: {
    ask: (userIds: Snowflake[]) => ReturnType<RoomsApi['members']>;
    /** Asks for a call of `confirm` in so many milliseconds. */
    wake: (delay: number) => void;
    log: Log;
  }) {
    this.#ask = options.ask;
    this.#wake = options.wake;
    this.#log = options.log;
  }

  doubt(userId: Snowflake): void {
    if (this.#unsure.size === 0 && this.#asking.size === 0) this.#wake(GATHER_MS);
    this.#unsure.add(userId);
  }

  /** What is published is newer than what is being asked for. */
  heardOf(userId: Snowflake): void {
    this.#unsure.delete(userId);
    this.#asking.delete(userId);
  }

  /** @param tell those asked about; undefined is no member */
  async confirm(tell: (answers: ReadonlyMap<string, Member | undefined>) => void): Promise<void> {
    if (this.#asking.size > 0) return;
    const userIds = [...this.#unsure].slice(0, MAX_STANDINGS);
    if (userIds.length === 0) return;
    this.#asking = new Set(userIds);
    for (const userId of userIds) this.#unsure.delete(userId);
    let delay = 0;
    try {
      const members = await this.#ask(userIds);
      const byId = new Map(members?.map((member) => [member.user.id, member]));
      // No such server: its end is told otherwise.
      if (members !== undefined) tell(new Map([...this.#asking].map((id) => [id, byId.get(id)])));
    } catch (error) {
      this.#log.warn({ error }, 'members could not be confirmed');
      for (const userId of this.#asking) this.#unsure.add(userId);
      delay = ASK_AGAIN_MS;
    }
    this.#asking.clear();
    if (this.#unsure.size > 0) this.#wake(delay);
  }
}
