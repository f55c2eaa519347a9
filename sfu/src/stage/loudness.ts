/** As quiet as it gets, in dBov. */
const SILENCE_DBOV = -127;
/** In this time a voice is believed most of its rise, or of its fall. */
const RISE_MS = 60;
const FALL_MS = 300;

/** How loud somebody is over the last moments, in dBov: one cough is not a voice, nor a breath its end. */
export class Loudness {
  #level = SILENCE_DBOV;
  #at: number;
  constructor(now: number) {
    this.#at = now;
  }

  hear(dBov: number, now: number): void {
    this.#level = this.#towards(dBov, now);
    this.#at = now;
  }

  /** Nothing heard is silence. */
  at(now: number): number {
    return this.#towards(SILENCE_DBOV, now);
  }

  #towards(dBov: number, now: number): number {
    const passed = Math.max(0, now - this.#at);
    const share = 1 - Math.exp(-passed / (dBov > this.#level ? RISE_MS : FALL_MS));
    return this.#level + (dBov - this.#level) * share;
  }
}
