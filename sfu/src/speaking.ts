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

interface Heard {
  level: number;
  /** The level that was told last. */
  told: number;
}

/** How loud each one is: up at once, down softly, told when it changes. */
export class SpeakingMeter {
  readonly #speaking = new Map<string, Heard>();
  /** To be told, once the round is through. */
  #news = new Map<string, number>();
  readonly #onLevels: (levels: ReadonlyMap<string, number>) => void;

  /** @param onLevels called once a round, with the levels that changed */
  constructor(onLevels: (levels: ReadonlyMap<string, number>) => void) {
    this.#onLevels = onLevels;
  }

  /** True while somebody's level is above zero: another round is due. */
  get active(): boolean {
    return this.#speaking.size > 0;
  }

  isSpeaking(id: string): boolean {
    return this.#speaking.has(id);
  }

  /** One round: who is not in `heard` was not heard. */
  update(heard: Levels): void {
    for (const id of new Set([...this.#speaking.keys(), ...heard.keys()])) {
      const fallen = (this.#speaking.get(id)?.level ?? 0) * RELEASE;
      const target = levelOf(heard.get(id) ?? FLOOR_DBOV);
      this.#set(id, Math.max(target, fallen < SILENT ? 0 : fallen));
    }
    this.#tell();
  }

  /** Heard between two rounds: up at once. */
  raise(id: string, dBov: number): void {
    const level = levelOf(dBov);
    if (level > (this.#speaking.get(id)?.level ?? 0)) this.#set(id, level);
    this.#tell();
  }

  /** Silent from now on: muted, or gone. */
  silence(id: string): void {
    this.#set(id, 0);
    this.#tell();
  }

  #set(id: string, level: number): void {
    const told = this.#speaking.get(id)?.told ?? 0;
    const rounded = Math.round(level * 100) / 100;
    const crosses = (rounded === 0) !== (told === 0);
    const tell = crosses || Math.abs(rounded - told) >= STEP;
    if (rounded === 0) this.#speaking.delete(id);
    else this.#speaking.set(id, { level, told: tell ? rounded : told });
    if (tell) this.#news.set(id, rounded);
  }

  #tell(): void {
    if (this.#news.size === 0) return;
    const news = this.#news;
    this.#news = new Map();
    this.#onLevels(news);
  }
}
