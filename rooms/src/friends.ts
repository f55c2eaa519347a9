import type { Snowflake } from '@harmonium/api/ids';
import type { Presence } from '../contract/presence.ts';
import type { RoomPublisher } from '../contract/publish.ts';
import type { Log } from './host.ts';
import { PresenceDigest } from './presence-digest.ts';

/** Friends' rooms that are told at a time. */
const AT_ONCE = 20;
const RETRY_MS = 5_000;

interface Options {
  /** Undefined: there is no such user. */
  ask: () => Promise<Snowflake[] | undefined>;
  rooms: RoomPublisher;
  /** How the user is shown to others. */
  own: () => Presence;
  /** To the user's devices. */
  tell: (presences: Presence[]) => void;
  now: () => number;
  /** When to call `wake`; undefined: not at all. */
  alarm: (at: number | undefined) => void;
  log: Log;
}

/**
 * How friends are shown to a user, and the user to them: each user's room tells those of their
 * friends, and the answer says how the friend is shown. Who the friends are is asked of api once,
 * while a device is there, and kept by what api publishes.
 */
export class Friends {
  readonly #options: Options;
  readonly #shown = new Map<string, Presence>();
  /** What is on its way to friends, and to the user's devices. */
  readonly #toFriends = new PresenceDigest();
  readonly #toDevices = new PresenceDigest();
  #ids: Set<Snowflake> | undefined;
  #loading: Promise<void> | undefined;
  #retryAt: number | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Friends who are not offline, as far as it is known. */
  get online(): Presence[] {
    return [...this.#shown.values()];
  }

  /** A device is there: from here on it is known who is a friend. */
  follow(): void {
    if (this.#ids !== undefined || this.#loading !== undefined) return;
    this.#loading = this.#load().finally(() => {
      this.#loading = undefined;
      this.#wakeLater();
    });
  }

  /** Nobody is there to be told. */
  rest(): void {
    // What would be told together with something later has nothing to wait for.
    if (this.#toFriends.at !== undefined) {
      this.#toFriends.clear();
      void this.#greet([...(this.#ids ?? [])]);
    }
    this.#retryAt = undefined;
    this.#ids = undefined;
    this.#shown.clear();
    this.#wakeLater();
  }

  /** The user is shown otherwise. */
  show(presence: Presence): void {
    if (this.#ids === undefined) return;
    this.#tellFriends(this.#toFriends.add(presence, this.#options.now()));
  }

  befriend(userId: Snowflake): void {
    if (this.#ids === undefined || this.#ids.has(userId)) return;
    this.#ids.add(userId);
    void this.#greet([userId]);
  }

  unfriend(userId: Snowflake): void {
    if (this.#ids?.delete(userId) === true) this.#shown.delete(userId);
  }

  /** A friend is shown so. Answers how the user is shown to them, where there is something to say. */
  hear(presence: Presence): Presence | undefined {
    if (this.#ids?.has(presence.userId) !== true) return undefined;
    this.#learn(presence);
    const own = this.#options.own();
    return own.status === 'offline' ? undefined : own;
  }

  /** Whether those who are shown online still are: a word may have been lost with their room. */
  check(): Promise<void> {
    return this.#greet([...this.#shown.values()].map(({ userId }) => userId));
  }

  wake(): void {
    const now = this.#options.now();
    if (this.#retryAt !== undefined && now >= this.#retryAt) {
      this.#retryAt = undefined;
      this.follow();
    }
    this.#tellFriends(this.#toFriends.take(now));
    this.#tellDevices(this.#toDevices.take(now));
  }

  async #load(): Promise<void> {
    try {
      const ids = await this.#options.ask();
      this.#ids = new Set(ids);
      await this.#greet([...this.#ids]);
    } catch (error) {
      this.#options.log.warn({ error }, 'api was not asked who is a friend');
      this.#retryAt = this.#options.now() + RETRY_MS;
    }
  }

  /** Tells them how the user is shown, and learns how they are. */
  async #greet(userIds: readonly Snowflake[]): Promise<void> {
    for (let at = 0; at < userIds.length; at += AT_ONCE) {
      await Promise.all(userIds.slice(at, at + AT_ONCE).map((userId) => this.#greetOne(userId)));
    }
  }

  async #greetOne(userId: Snowflake): Promise<void> {
    const event = { type: 'friend.presence', presence: this.#options.own() } as const;
    try {
      const [answer] = await this.#options.rooms.publish('user', userId, [event]);
      if (answer?.ok !== true || this.#ids?.has(userId) !== true) return;
      this.#learn(answer.presence ?? { userId, status: 'offline' });
    } catch (error) {
      this.#options.log.debug({ error }, 'a friend was not told');
    }
  }

  #learn(presence: Presence): void {
    const before = this.#shown.get(presence.userId);
    const isSame =
      (before?.status ?? 'offline') === presence.status && before?.text === presence.text;
    if (isSame) return;
    if (presence.status === 'offline') this.#shown.delete(presence.userId);
    else this.#shown.set(presence.userId, presence);
    this.#tellDevices(this.#toDevices.add(presence, this.#options.now()));
  }

  #tellDevices(presences: Presence[]): void {
    this.#wakeLater();
    if (presences.length > 0) this.#options.tell(presences);
  }

  #tellFriends(presences: Presence[]): void {
    this.#wakeLater();
    if (presences.length > 0) void this.#greet([...(this.#ids ?? [])]);
  }

  #wakeLater(): void {
    const times = [this.#retryAt, this.#toFriends.at, this.#toDevices.at];
    const next = Math.min(...times.map((at) => at ?? Infinity));
    this.#options.alarm(next === Infinity ? undefined : next);
  }
}
