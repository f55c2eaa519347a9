/** Longer timers overflow and fire at once. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/** One alarm a room; it rings also for rooms that are not in memory. */
export class AlarmClock {
  readonly #now: () => number;
  readonly #ring: (room: string) => void;
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(now: () => number, ring: (room: string) => void) {
    this.#now = now;
    this.#ring = ring;
  }

  set(room: string, at: number | undefined): void {
    clearTimeout(this.#timers.get(room));
    this.#timers.delete(room);
    if (at === undefined) return;
    const delay = Math.min(Math.max(0, at - this.#now()), MAX_DELAY_MS);
    const timer = setTimeout(() => {
      this.#timers.delete(room);
      if (this.#now() < at && delay === MAX_DELAY_MS) this.set(room, at);
      else this.#ring(room);
    }, delay);
    timer.unref();
    this.#timers.set(room, timer);
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
