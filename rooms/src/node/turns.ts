import { costOf, fits, framesATick, isLight } from './share.ts';

/** Timers keep whole milliseconds: a rest that is up a little early is up. */
const EARLY_MS = 1;

/** A room, as far as its turn goes. */
export interface Waiting {
  /** Frames that wait to be handled. */
  readonly waiting: number;
  /** Sockets that hear what comes of them. */
  readonly size: number;
  /** By `performance.now()`: until then what is said gathers. */
  readonly restUntil: number;
}

/**
 * Whose turn it is. Every room with little to do is in the next tick; of those with much to do as
 * many as fit, in turns. A room that rests waits alone: nobody waits for it.
 */
export class Turns<Room extends Waiting> {
  readonly #tick: () => void;
  #ready: Room[] = [];
  #resting: Room[] = [];
  #isDue = false;
  #timer: NodeJS.Timeout | undefined;
  #timerAt = Infinity;

  /** @param tick has to `take()` */
  constructor(tick: () => void) {
    this.#tick = tick;
  }

  /** For a room that waits for no turn yet. */
  add(room: Room): void {
    if (room.restUntil > performance.now()) {
      this.#resting.push(room);
      this.#wakeAt(room.restUntil);
    } else {
      this.#ready.push(room);
      this.#soon();
    }
  }

  /** The rooms of this tick, those with little to do first. */
  take(): Room[] {
    this.#rouse(performance.now());
    const light: Room[] = [];
    const heavy: Room[] = [];
    for (const room of this.#ready) {
      (isLight(room.waiting, room.size) ? light : heavy).push(room);
    }
    let cost = 0;
    let taken = 0;
    for (const { waiting, size } of heavy) {
      const more = costOf(Math.min(waiting, framesATick(size)), size);
      if (!fits(cost, more)) break;
      cost += more;
      taken += 1;
    }
    this.#ready = heavy.slice(taken);
    if (this.#ready.length > 0) this.#soon();
    return [...light, ...heavy.slice(0, taken)];
  }

  /** Whoever waits for a turn, resting or not; none of them waits any more. */
  takeAll(): Room[] {
    const all = [...this.#ready, ...this.#resting];
    this.#ready = [];
    this.#resting = [];
    return all;
  }

  /** After every socket that is readable now was read: a tick is as long as the work before it. */
  #soon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    setImmediate(() => {
      this.#isDue = false;
      this.#tick();
    });
  }

  #wakeAt(at: number): void {
    if (this.#timerAt <= at) return;
    clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer = setTimeout(
      () => {
        this.#timerAt = Infinity;
        this.#tick();
      },
      Math.max(1, Math.ceil(at - performance.now())),
    );
  }

  #rouse(now: number): void {
    if (this.#resting.length === 0) return;
    const resting = this.#resting;
    this.#resting = [];
    for (const room of resting) {
      if (room.restUntil > now + EARLY_MS) {
        this.#resting.push(room);
        this.#wakeAt(room.restUntil);
      } else this.#ready.push(room);
    }
  }
}
