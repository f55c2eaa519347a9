import type { Snowflake } from '@harmonium/api/ids';
import type { Presence } from '../contract/presence.ts';
import type { ServerPublish } from '../contract/publish.ts';

const DIGEST_INTERVAL_MS = 1_000;

export type Stir = ServerPublish & { type: 'activity' };

/** What is told together. */
export interface Told {
  presences: Presence[];
  activity: Stir[];
}

/**
 * Changes of presence, and channels in which somebody wrote, on their way to everyone: the first is
 * told at once, and what follows within a second together, each person and each channel as they are
 * then. Thousands who come at once, and a hundred busy channels, are one write a socket and second.
 */
export class ServerDigest {
  readonly #presences = new Map<Snowflake, Presence>();
  readonly #activity = new Map<Snowflake, Stir>();
  #openAt = 0;

  show(presence: Presence): void {
    this.#presences.set(presence.userId, presence);
  }

  /** Of several messages the youngest is told, to everyone whom one of them names as one who is named. */
  stir(stir: Stir): void {
    const { channelId } = stir;
    const before = this.#activity.get(channelId)?.namings ?? [];
    this.#activity.set(channelId, { ...stir, namings: [...before, ...stir.namings] });
  }

  /** Everything that waits; undefined: nothing does, or it is too early. */
  take(now: number): Told | undefined {
    // A clock that jumped back must hold nothing up for longer than the interval.
    const isEarly = now < this.#openAt && this.#openAt - now <= DIGEST_INTERVAL_MS;
    if (isEarly || this.#isEmpty) return undefined;
    this.#openAt = now + DIGEST_INTERVAL_MS;
    const told = {
      presences: [...this.#presences.values()],
      activity: [...this.#activity.values()],
    };
    this.#presences.clear();
    this.#activity.clear();
    return told;
  }

  /** When to take next; undefined: nothing waits. */
  get at(): number | undefined {
    return this.#isEmpty ? undefined : this.#openAt;
  }

  get #isEmpty(): boolean {
    return this.#presences.size === 0 && this.#activity.size === 0;
  }
}
