import type { Snowflake } from '@harmonium/api/ids';
import type { Purge } from '../contract/publish.ts';
import { MAX_PURGE } from '../contract/server-event.ts';
import type { EventLog } from './event-log.ts';
import type { Accepted, Journal } from './journal.ts';
import type { Undrained } from './undrained.ts';

/** Removes many messages as one event (or, of more than MAX_PURGE, as few as can be). */
export class Purges {
  readonly #log: EventLog;
  readonly #undrained: Undrained;
  readonly #journal: Journal;
  readonly #now: () => number;

  constructor(options: {
    log: EventLog;
    undrained: Undrained;
    journal: Journal;
    now: () => number;
  }) {
    this.#log = options.log;
    this.#undrained = options.undrained;
    this.#journal = options.journal;
    this.#now = options.now;
  }

  /** @param made told of each event before the next one; of none when all is gone already */
  async remove(purge: Purge, drained: number, made: (removed: Accepted) => void): Promise<void> {
    const { authorId, since } = purge;
    const named = new Set(purge.ids);
    if (authorId !== undefined && since !== undefined) {
      for (const id of await this.#writtenBy(authorId, since, drained)) named.add(id);
    }
    const removedAt = new Date(this.#now()).toISOString();
    const gone = await this.#undrained.gone([...named], drained);
    await this.#log.redactStored(await this.#undrained.late([...named], drained), removedAt);
    // From here on in one step: nobody can bring one of them back in between.
    const there = [...named].filter((id) => !gone.has(id) && !this.#isGone(id));
    const { by } = purge;
    for (let at = 0; at < there.length; at += MAX_PURGE) {
      const ids = there.slice(at, at + MAX_PURGE);
      made(this.#journal.write({ type: 'messages.removed', ids, removedAt, by }));
    }
  }

  #isGone(id: Snowflake): boolean {
    const known = this.#log.recall(id);
    return known === 'removed' || (known !== undefined && known.removedAt !== null);
  }

  /** What the caller cannot have found in the database: it was not there yet when it looked. */
  async #writtenBy(authorId: string, since: string, drained: number): Promise<Set<Snowflake>> {
    const from = Date.parse(since);
    const ids = new Set<Snowflake>();
    const late = await this.#log.undrained(drained);
    for (const { message } of [...late, ...this.#log.recent()]) {
      if (message.author.id !== authorId || Date.parse(message.createdAt) < from) continue;
      ids.add(message.id);
    }
    return ids;
  }
}
