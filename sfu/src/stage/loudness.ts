/** As quiet as it gets, in dBov. */
const SILENCE_DBOV = -127;
const PACKET_MS = 20;
/** Packets may be so late, and are no silence yet. */
const LATE_MS = 200;
/** In this time most of a rise is believed, or of a fall. */
const RISE_MS = 60;
const FALL_MS = 300;

/**
 * How loud somebody is over the last moments, in dBov: one cough is not a voice, nor a breath its end.
 * Each packet counts as what it holds, however it was held up on its way.
 */
export class Loudness {
  #level = SILENCE_DBOV;
  #at: number;
  constructor(now: number) {
    this.#at = now;
  }

  hear(dBov: number, now: number): void {
    this.#level = towards(this.at(now), dBov, PACKET_MS);
    this.#at = now;
  }

  /** Where nothing comes there is silence. */
  at(now: number): number {
    return towards(this.#level, SILENCE_DBOV, Math.max(0, now - this.#at - LATE_MS));
  }
}

function towards(level: number, dBov: number, milliseconds: number): number {
  const share = 1 - Math.exp(-milliseconds / (dBov > level ? RISE_MS : FALL_MS));
  return level + (dBov - level) * share;
}
