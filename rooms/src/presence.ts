import type { Snowflake } from '@harmonium/api/ids';
import type { ChosenStatus, Presence } from '../contract/presence.ts';
import type { Storage } from './host.ts';

/** Time for a reload of the page before others see somebody go. */
const PRESENCE_GRACE_MS = 5_000;

/** Those who leave at nearly the same time leave together. */
const LEAVE_STEP_MS = 250;

export interface Choice {
  status: ChosenStatus;
  text?: string | undefined;
}

const DEFAULT: Choice = { status: 'online' };

/**
 * Who is shown as what. Devices add up: `idle` is one device's own, shown when all are; anything
 * else a user chooses holds for all of their devices and outlives them.
 */
export class Presences {
  readonly #storage: Storage;
  readonly #choices = new Map<string, Choice>();
  readonly #devices = new Map<string, Map<string, { idle: boolean }>>();
  readonly #shown = new Map<string, Presence>();
  readonly #leaving = new Map<string, number>();

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  async start(): Promise<void> {
    for (const [key, value] of await this.#storage.list({ prefix: 'status/' })) {
      this.#choices.set(key.slice('status/'.length), value as Choice); // Written below.
    }
  }

  /** How many are not offline. */
  get online(): number {
    return this.#shown.size;
  }

  /** Who is not offline. */
  get here(): Iterable<Snowflake> {
    return [...this.#shown.values()].map(({ userId }) => userId);
  }

  /** This user, and of the others who are not offline as many as fit. */
  some(userId: Snowflake, limit: number): Presence[] {
    const some = this.of([userId]);
    for (const presence of this.#shown.values()) {
      if (some.length >= limit) break;
      if (presence.userId !== userId) some.push(presence);
    }
    return some;
  }

  /** Those of these users who are not offline, as others see them. */
  of(userIds: readonly Snowflake[]): Presence[] {
    return userIds.map((id) => this.#shown.get(id)).filter((presence) => presence !== undefined);
  }

  /** Each of these answers the presence to broadcast, or undefined: nobody can see a difference. */
  connect(userId: Snowflake, device: string, idle: boolean): Presence | undefined {
    const devices = this.#devices.get(userId) ?? new Map<string, { idle: boolean }>();
    devices.set(device, { idle });
    this.#devices.set(userId, devices);
    this.#leaving.delete(userId);
    return this.#show(userId);
  }

  choose(userId: Snowflake, device: string, choice: Choice): Presence | undefined {
    const { status, text } = choice;
    this.#devices.get(userId)?.set(device, { idle: status === 'idle' });
    if (status === 'idle') {
      // A device that fell idle does not undo what its user chose.
      const kept = this.#choices.get(userId) ?? DEFAULT;
      this.#keep(userId, { ...kept, text });
    } else {
      this.#keep(userId, { status, text });
    }
    return this.#show(userId);
  }

  /** True when it was the last one: `leave` is due after the grace. */
  disconnect(userId: Snowflake, device: string, now: number): boolean {
    const devices = this.#devices.get(userId);
    devices?.delete(device);
    if (devices !== undefined && devices.size > 0) return false;
    this.#devices.delete(userId);
    // To the end, so that they stay in the order in which they are due.
    this.#leaving.delete(userId);
    this.#leaving.set(userId, now + PRESENCE_GRACE_MS);
    return true;
  }

  /** Presences of those who did not come back in time. */
  leave(now: number): Presence[] {
    const gone: Presence[] = [];
    for (const [userId, at] of this.#leaving) {
      if (at > now && at - now <= PRESENCE_GRACE_MS) break;
      this.#leaving.delete(userId);
      const presence = this.#show(userId as Snowflake);
      if (presence !== undefined) gone.push(presence);
    }
    return gone;
  }

  get nextLeave(): number | undefined {
    const [next] = this.#leaving.values();
    return next === undefined ? undefined : Math.ceil(next / LEAVE_STEP_MS) * LEAVE_STEP_MS;
  }

  /** One who is no member any more is gone at once, with what they chose. */
  forget(userId: Snowflake): Presence | undefined {
    this.#devices.delete(userId);
    this.#leaving.delete(userId);
    this.#keep(userId, DEFAULT);
    return this.#show(userId);
  }

  #keep(userId: string, choice: Choice): void {
    if (choice.status === 'online' && choice.text === undefined) {
      if (this.#choices.delete(userId)) this.#storage.delete(`status/${userId}`);
      return;
    }
    this.#choices.set(userId, choice);
    this.#storage.put(`status/${userId}`, choice);
  }

  #show(userId: Snowflake): Presence | undefined {
    const old = this.#shown.get(userId);
    const presence = this.#compute(userId);
    if (presence.status === 'offline') this.#shown.delete(userId);
    else this.#shown.set(userId, presence);
    const before = old ?? { userId, status: 'offline' };
    return before.status === presence.status && before.text === presence.text
      ? undefined
      : presence;
  }

  #compute(userId: Snowflake): Presence {
    const devices = this.#devices.get(userId);
    const choice = this.#choices.get(userId) ?? DEFAULT;
    if (devices === undefined || choice.status === 'invisible')
      return { userId, status: 'offline' };
    const text = choice.text === undefined ? {} : { text: choice.text };
    if (choice.status === 'dnd') return { userId, status: 'dnd', ...text };
    const idle = [...devices.values()].every((device) => device.idle);
    return { userId, status: idle ? 'idle' : 'online', ...text };
  }
}
