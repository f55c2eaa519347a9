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
/** Each telling is a write to everybody in the call; so who goes on is told of once in so many rounds. */
const ROUNDS_A_TELLING = 4;

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

/** How loud each one is: up at once, down softly. Who begins or ends is told at once, the rest now and then. */
export class SpeakingMeter {
  readonly #speaking = new Map<string, Heard>();
  /** Who began or ended, and is not told of yet. */
  readonly #crossed = new Set<string>();
  /** Since levels were told. */
  #rounds = 0;
  readonly #onLevels: (levels: ReadonlyMap<string, number>) => void;

  /** @param onLevels called at most once a round, with the levels that changed */
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
    this.#rounds += 1;
    if (this.#crossed.size > 0 || this.#rounds >= ROUNDS_A_TELLING) this.#tell();
  }

  /** Heard between two rounds: up at once. */
  raise(id: string, dBov: number): void {
    const level = levelOf(dBov);
    if (level > (this.#speaking.get(id)?.level ?? 0)) this.#set(id, level);
    if (this.#crossed.size > 0) this.#tell();
  }

  /** Silent from now on: muted, or gone. */
  silence(id: string): void {
    this.#set(id, 0);
    if (this.#crossed.size > 0) this.#tell();
  }

  #set(id: string, level: number): void {
    const told = this.#speaking.get(id)?.told ?? 0;
    const isHeard = rounded(level) > 0;
    if (isHeard) this.#speaking.set(id, { level, told });
    else this.#speaking.delete(id);
    if (isHeard !== told > 0) this.#crossed.add(id);
  }

  #tell(): void {
    this.#rounds = 0;
    const news = new Map<string, number>();
    for (const [id, heard] of this.#speaking) {
      const level = rounded(heard.level);
      if (!this.#crossed.has(id) && Math.abs(level - heard.told) < STEP) continue;
      heard.told = level;
      news.set(id, level);
    }
    for (const id of this.#crossed) if (!this.#speaking.has(id)) news.set(id, 0);
    this.#crossed.clear();
    if (news.size > 0) this.#onLevels(news);
  }
}

function rounded(level: number): number {
  return Math.round(level * 100) / 100;
}
