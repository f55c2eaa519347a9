/** When each user last wrote, as far back as it can matter to a slowmode. */
export class Cooldowns {
  readonly #wroteAt = new Map<string, number>();

  wrote(userId: string, at: number): void {
    // Taken out first, so that the map stays ordered by time and can be cut at its head.
    this.#wroteAt.delete(userId);
    this.#wroteAt.set(userId, at);
    if (this.#wroteAt.size > 10_000) {
      const [oldest] = this.#wroteAt.keys();
      if (oldest !== undefined) this.#wroteAt.delete(oldest);
    }
  }

  /** Seconds left to wait; 0: write. */
  wait(userId: string, seconds: number, now: number): number {
    const at = this.#wroteAt.get(userId);
    if (seconds === 0 || at === undefined) return 0;
    // A clock that jumped back must not lock anyone out for longer than the slowmode lasts.
    if (at > now) this.wrote(userId, now);
    const elapsed = Math.max(0, now - at) / 1000;
    return Math.max(0, seconds - elapsed);
  }
}
