import type { Call } from './call.ts';
import type { Peer } from './peer.ts';

/** Between two waves. */
const WAVE_EVERY_MS = 250;
/** People in a wave, at least: few enough that their tickets cost nobody a wait. */
const MIN_WAVE = 20;
/** However many there are, the last wave begins after some 8 s. */
const MAX_WAVES = 30;
/** Who was told to go has so long; then the socket is closed. */
const GO_WITHIN_MS = 20_000;

interface DeparturesOptions {
  calls: () => Iterable<Call>;
  now: () => number;
}

/**
 * Sends people on to other nodes: told in waves, so that hundreds do not come to the others in the
 * same moment, call by call, so that those who talk are apart for the shortest time. Each stays until
 * their own client leaves.
 */
export class Departures {
  readonly #options: DeparturesOptions;
  readonly #toldAt = new WeakMap<Peer, number>();
  readonly #channels = new Set<string>();
  #all = false;
  #wave = MIN_WAVE;
  #timer: ReturnType<typeof setInterval> | undefined;
  #emptied: (() => void)[] = [];

  constructor(options: DeparturesOptions) {
    this.#options = options;
  }

  /** The people of these calls. */
  sendOn(channelIds: readonly string[]): void {
    for (const channelId of channelIds) this.#channels.add(channelId);
    this.#begin();
  }

  /** Everyone, also who comes meanwhile. Settles when nobody is left, or after `withinMs`. */
  async sendAllOn(withinMs: number): Promise<void> {
    this.#all = true;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#emptied.push(resolve);
    const limit = setTimeout(resolve, withinMs);
    this.#begin();
    await promise;
    clearTimeout(limit);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    for (const resolve of this.#emptied.splice(0)) resolve();
  }

  #begin(): void {
    this.#wave = Math.max(MIN_WAVE, Math.ceil(this.#leaving().length / MAX_WAVES));
    this.#timer ??= setInterval(() => this.#round(), WAVE_EVERY_MS);
    this.#round();
  }

  #round(): void {
    const leaving = this.#leaving();
    if (leaving.length === 0) {
      this.#channels.clear();
      return this.close();
    }
    const now = this.#options.now();
    const untold = leaving.filter((peer) => !this.#toldAt.has(peer));
    for (const peer of untold.slice(0, this.#wave)) {
      this.#toldAt.set(peer, now);
      peer.notify('nodeClosing', {});
    }
    for (const peer of leaving) {
      if (now - (this.#toldAt.get(peer) ?? now) >= GO_WITHIN_MS) peer.close('going_away');
    }
  }

  #leaving(): Peer[] {
    const peers: Peer[] = [];
    for (const call of this.#options.calls()) {
      if (this.#all || this.#channels.has(call.channelId)) peers.push(...call.peers);
    }
    return peers;
  }
}
