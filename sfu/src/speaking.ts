import type { Levels } from './media.ts';

/** Quieter than this (dBov) is silence. */
const FLOOR_DBOV = -60;
/** As loud as anybody gets. */
const CEILING_DBOV = -15;
/** What is left of a level that is no longer heard, each round. */
const RELEASE = 0.5;
/** Below this a falling level is silence. */
const SILENT = 0.04;
/** Smaller changes are not told. */
const STEP = 0.05;

/** 0 (silent) to 1 (as loud as it gets), in steps of a hundredth. */
export function levelOf(dBov: number): number {
  const level = (dBov - FLOOR_DBOV) / (CEILING_DBOV - FLOOR_DBOV);
  return Math.round(Math.min(1, Math.max(0, level)) * 100) / 100;
}

/** How loud each one is: up at once, down softly, told when it changes. */
export class SpeakingMeter {
  readonly #levels = new Map<string, number>();
  readonly #onLevel: (id: string, level: number) => void;
  constructor(onLevel: (id: string, level: number) => void) {
    this.#onLevel = onLevel;
  }

  /** True while somebody's level is above zero: another round is due. */
  get active(): boolean {
    return this.#levels.size > 0;
  }

  isSpeaking(id: string): boolean {
    return this.#levels.has(id);
  }

  /** One round: who is not in `heard` was not heard. */
  update(heard: Levels): void {
    for (const id of new Set([...this.#levels.keys(), ...heard.keys()])) {
      const before = this.#levels.get(id) ?? 0;
      const dBov = heard.get(id);
      const target = dBov === undefined ? 0 : levelOf(dBov);
      const fallen = before * RELEASE;
      this.#set(id, before, Math.max(target, fallen < SILENT ? 0 : fallen));
    }
  }

  /** Silent from now on: muted, or gone. */
  silence(id: string): void {
    this.#set(id, this.#levels.get(id) ?? 0, 0);
  }

  #set(id: string, before: number, level: number): void {
    const next = Math.round(level * 100) / 100;
    if (next === before || (next > 0 && before > 0 && Math.abs(next - before) < STEP)) return;
    if (next === 0) this.#levels.delete(id);
    else this.#levels.set(id, next);
    this.#onLevel(id, next);
  }
}
