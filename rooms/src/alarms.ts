/** Several alarms of one room on the one that its host gives. */
export class Alarms<Name extends string> {
  readonly #setAlarm: (at: number | undefined) => void;
  readonly #now: () => number;
  readonly #at = new Map<Name, number>();
  #set: number | undefined;
  #lastNow: number;

  /** @param now milliseconds; may jump */
  constructor(setAlarm: (at: number | undefined) => void, now: () => number) {
    this.#setAlarm = setAlarm;
    this.#now = now;
    this.#lastNow = now();
  }

  at(name: Name): number | undefined {
    return this.#at.get(name);
  }

  set(name: Name, at: number | undefined): void {
    this.#followClock();
    if (at === undefined) this.#at.delete(name);
    else this.#at.set(name, at);
    this.#apply();
  }

  /** Takes out and answers what is due. */
  due(): Name[] {
    const now = this.#followClock();
    // The host cleared its alarm before it called.
    this.#set = undefined;
    const names = [...this.#at].filter(([, at]) => at <= now).map(([name]) => name);
    for (const name of names) this.#at.delete(name);
    this.#apply();
    return names;
  }

  /** A clock that was set back by hours must not keep anything waiting for so long. */
  #followClock(): number {
    const now = this.#now();
    const back = this.#lastNow - now;
    this.#lastNow = now;
    if (back > 0) for (const [name, at] of this.#at) this.#at.set(name, at - back);
    return now;
  }

  #apply(): void {
    const next = this.#at.size === 0 ? undefined : Math.min(...this.#at.values());
    // One that is long past, since the clock jumped ahead, is told again: what came after it waits.
    if (next === this.#set && (next === undefined || next > this.#lastNow)) return;
    this.#set = next;
    this.#setAlarm(next);
  }
}
