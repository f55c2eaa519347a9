/** Lets a microphone through always, never, or while it is louder than a threshold. */
export type GateSetting = 'open' | 'closed' | { thresholdDb: number | null };

/** Silence is told as this, so that levels stay numbers. */
export const SILENCE_DB = -100;
/** Between words one is still speaking, in seconds. */
const HOLD_S = 0.35;
/** Who got quieter by this is still heard: words end softly. */
const HYSTERESIS_DB = 5;
/** How much louder than the room a voice is. */
const ABOVE_ROOM_DB = 12;
/** Wherever the room is, a voice is found between these. */
const AUTO_MIN_DB = -60;
const AUTO_MAX_DB = -38;
/** What lasts is the room: how fast it is taken for that. */
const ROOM_RISES_DB_PER_S = 4;

/** Decides block by block whether somebody speaks. */
export class Gate {
  setting: GateSetting = { thresholdDb: null };
  #roomDb = AUTO_MIN_DB - ABOVE_ROOM_DB;
  #heldS = 0;
  #isOpen = false;

  /** Where it opens by itself, in dBFS. */
  get thresholdDb(): number {
    const chosen = typeof this.setting === 'object' ? this.setting.thresholdDb : null;
    return chosen ?? Math.min(AUTO_MAX_DB, Math.max(AUTO_MIN_DB, this.#roomDb + ABOVE_ROOM_DB));
  }

  /** @param levelDb of a block that lasts `seconds` */
  hear(levelDb: number, seconds: number): boolean {
    this.#roomDb =
      levelDb < this.#roomDb
        ? Math.max(SILENCE_DB, this.#roomDb + (levelDb - this.#roomDb) * 0.1)
        : Math.min(levelDb, this.#roomDb + ROOM_RISES_DB_PER_S * seconds);
    if (this.setting === 'open' || this.setting === 'closed') {
      this.#isOpen = this.setting === 'open';
      return this.#isOpen;
    }
    const { thresholdDb } = this;
    if (levelDb >= thresholdDb) {
      this.#isOpen = true;
      this.#heldS = HOLD_S;
    } else if (levelDb < thresholdDb - HYSTERESIS_DB) {
      this.#heldS -= seconds;
      if (this.#heldS <= 0) this.#isOpen = false;
    }
    return this.#isOpen;
  }
}

/** Root mean square of samples (-1 to 1), in dBFS. */
export function levelOf(samples: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += (samples[i] ?? 0) ** 2;
  return Math.max(SILENCE_DB, 10 * Math.log10(sum / Math.max(1, samples.length) + 1e-12));
}

/** Drawn as nothing, and drawn as full; in dBFS. */
const QUIET_DB = -60;
const LOUD_DB = -12;

/** 0 to 1, as a meter shows it. */
export function meterOf(levelDb: number): number {
  return Math.min(1, Math.max(0, (levelDb - QUIET_DB) / (LOUD_DB - QUIET_DB)));
}
