/** Opus sends at most 400 packets a second, of 2.5 ms each. */
const PACKETS_PER_SECOND = 400;
const SECOND_MS = 1_000;

interface Pausable {
  pause(): Promise<void>;
  resume(): Promise<void>;
}

/** Whoever floods is not read until the second is over: this process serves everybody's calls. */
export class PacketAllowance {
  readonly #source: Pausable;
  #taken = 0;
  #isCounting = false;
  constructor(source: Pausable) {
    this.#source = source;
  }

  /** False for one too many. */
  take(): boolean {
    if (!this.#isCounting) setTimeout(() => this.#renew(), SECOND_MS);
    this.#isCounting = true;
    this.#taken += 1;
    // What ends meanwhile need not be paused.
    if (this.#taken === PACKETS_PER_SECOND) this.#source.pause().catch(() => undefined);
    return this.#taken <= PACKETS_PER_SECOND;
  }

  #renew(): void {
    this.#isCounting = false;
    if (this.#taken >= PACKETS_PER_SECOND) this.#source.resume().catch(() => undefined);
    this.#taken = 0;
  }
}
