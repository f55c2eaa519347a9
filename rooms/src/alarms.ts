/** Several alarms of one room on the one that its host gives. */
export class Alarms<Name extends string> {
  readonly #setAlarm: (at: number | undefined) => void;
  readonly #at = new Map<Name, number>();
  #set: number | undefined;

  constructor(setAlarm: (at: number | undefined) => void) {
    this.#setAlarm = setAlarm;
  }

  at(name: Name): number | undefined {
    return this.#at.get(name);
  }

  set(name: Name, at: number | undefined): void {
    if (at === undefined) this.#at.delete(name);
    else this.#at.set(name, at);
    this.#apply();
  }

  /** Takes out and answers what is due. */
  due(now: number): Name[] {
    // The host cleared its alarm before it called.
    this.#set = undefined;
    const names = [...this.#at].filter(([, at]) => at <= now).map(([name]) => name);
    for (const name of names) this.#at.delete(name);
    this.#apply();
    return names;
  }

  #apply(): void {
    const next = this.#at.size === 0 ? undefined : Math.min(...this.#at.values());
    if (next === this.#set) return;
    this.#set = next;
    this.#setAlarm(next);
  }
}
