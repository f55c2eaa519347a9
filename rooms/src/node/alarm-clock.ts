/** Longer timers overflow and fire at once. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/** One alarm a room; it rings also for rooms that are not in memory. */
export class AlarmClock {
  readonly #now: () => number;
  readonly #ring: (room: string) => void;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #due = new Map<string, number>();

  constructor(now: () => number, ring: (room: string) => void) {
    this.#now = now;
    this.#ring = ring;
  }

  set(room: string, at: number | undefined): void {
    clearTimeout(this.#timers.get(room));
    this.#timers.delete(room);
    this.#due.delete(room);
    if (at === undefined) return;
    this.#due.set(room, at);
    const delay = Math.min(Math.max(0, at - this.#now()), MAX_DELAY_MS);
    const timer = setTimeout(() => {
      this.#timers.delete(room);
      if (this.#now() < at && delay === MAX_DELAY_MS) this.set(room, at);
      else {
        this.#due.delete(room);
        this.#ring(room);
      }
    }, delay);
    timer.unref();
    this.#timers.set(room, timer);
  }

  /** Milliseconds until it rings for a room; Infinity: it does not. */
  ringsIn(room: string): number {
    return (this.#due.get(room) ?? Infinity) - this.#now();
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#due.clear();
  }
}
