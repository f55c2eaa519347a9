import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import { hasPermission, Permission } from '@harmonium/api/permissions';
import { MAX_PINS } from '@harmonium/api/pin';
import type { PinChanged } from '../contract/server-event.ts';
import type { Storage } from './host.ts';
import type { Accepted, Journal } from './journal.ts';
import type { Refusal } from './lobby.ts';
import { GONE, refused, type Actor, type Request } from './message-gate.ts';
import type { Unchanged } from './reacting.ts';

export type Pin = Request & { type: 'pin.add' | 'pin.remove' };

const KEY = 'pins';

/** The pinned messages of a channel, and their gate. */
export class Pins {
  readonly #storage: Storage;
  readonly #journal: Journal;
  readonly #now: () => number;
  #ids: Snowflake[] = [];

  constructor(options: { storage: Storage; journal: Journal; now: () => number }) {
    this.#storage = options.storage;
    this.#journal = options.journal;
    this.#now = options.now;
  }

  async start(): Promise<void> {
    this.#ids = ((await this.#storage.get(KEY)) ?? []) as Snowflake[]; // Written below.
  }

  /** The youngest pin first. */
  get ids(): readonly Snowflake[] {
    return this.#ids;
  }

  has(id: Snowflake): boolean {
    return this.#ids.includes(id);
  }

  /** What api had before the log began. */
  begin(ids: readonly Snowflake[]): void {
    const older = ids.filter((id) => !this.has(id));
    if (older.length > 0) this.#keep([...this.#ids, ...older].slice(0, MAX_PINS));
  }

  /** @param message undefined: there is none, or it is gone */
  pin(
    actor: Actor,
    { type, id, nonce }: Pin,
    message: Message | undefined,
  ): Accepted | Unchanged<PinChanged> | Refusal {
    const pinned = type === 'pin.add';
    const isThere = this.has(id) || (message !== undefined && message.removedAt === null);
    if (!isThere) return GONE;
    if (!hasPermission(actor.permissions, Permission.PIN_MESSAGES)) {
      return refused('Pinning is not allowed here.');
    }
    const changed = this.#changed(id, pinned, actor.user.id);
    if (this.has(id) === pinned) return { unchanged: { ...changed, nonce } };
    if (pinned && this.#ids.length >= MAX_PINS) {
      return { code: 'too_many', message: `There are ${MAX_PINS} pinned messages already.` };
    }
    this.#keep(pinned ? [id, ...this.#ids] : this.#ids.filter((other) => other !== id));
    return this.#journal.write({ ...changed, nonce }, actor.user.id);
  }

  /** Messages are gone, and so are their pins: each an event of its own, in the same commit. */
  drop(ids: Iterable<Snowflake>, by: Snowflake): Accepted[] {
    if (this.#ids.length === 0) return [];
    const gone = new Set(ids);
    const dropped = this.#ids.filter((id) => gone.has(id));
    if (dropped.length === 0) return [];
    this.#keep(this.#ids.filter((id) => !gone.has(id)));
    return dropped.map((id) =>
      this.#journal.write({ ...this.#changed(id, false, by), implied: true }),
    );
  }

  #changed(messageId: Snowflake, pinned: boolean, by: Snowflake) {
    const at = new Date(this.#now()).toISOString();
    return { type: 'pin.changed', messageId, pinned, by, at } as const;
  }

  #keep(ids: Snowflake[]): void {
    this.#ids = ids;
    this.#storage.put(KEY, ids);
  }
}
