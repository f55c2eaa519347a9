import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Log } from '../../host.ts';
import { Calls, reply } from './calls.ts';
import type { Handover } from './handover.ts';
import type { Publish, RoomProcessSettings, ToParent, ToProcess } from './message.ts';

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));
/** One that lived so long may be started again at once, in milliseconds. */
const LONG_LIFE_MS = 10_000;
const RETRY_MIN_MS = 100;
const RETRY_MAX_MS = 10_000;
const CLOSE_WITHIN_MS = 8_000;
/** So long a publish waits for one that is away; its publisher waits ten seconds. */
const BACK_WITHIN_MS = 5_000;
const MAX_ARRIVALS = 1_000;
/** Sockets that it has not taken yet; more are refused, and come again. */
const MAX_WAITING = 10_000;

export interface RoomProcessOptions {
  settings: RoomProcessSettings;
  log: Log;
  /** Reaches rooms of other processes for it. */
  publish: (publish: Publish) => Promise<unknown>;
}

/** One process of rooms, as its parent keeps it: started again whenever it ends. */
export class RoomProcess {
  /** Ends when it is open for the first time; fails when it cannot be. */
  readonly opened: Promise<void>;
  /** Undefined: away. */
  #child: ChildProcess | undefined;
  #calls: Calls | undefined;
  readonly #options: RoomProcessOptions;
  /** In the order in which they were given. */
  readonly #waiting = new Set<Handover>();
  /** Of those who wait for it to be there. */
  readonly #arrivals = new Set<() => void>();
  #ending: Promise<void> | undefined;
  #closing = false;
  #failures = 0;
  #retry: NodeJS.Timeout | undefined;

  constructor(options: RoomProcessOptions) {
    this.#options = options;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.opened = promise;
    this.#start(resolve, reject);
  }

  get isOpen(): boolean {
    return this.#calls !== undefined;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** What it is asked, once it is there; throws when it does not come back soon. */
  async reach(): Promise<Calls> {
    if (this.isOpen || this.#closing || this.#arrivals.size >= MAX_ARRIVALS) return this.calls;
    // A revoke that comes in the half second of a restart has to count.
    await new Promise<void>((resolve) => {
      const go = () => {
        clearTimeout(timer);
        this.#arrivals.delete(go);
        resolve();
      };
      const timer = setTimeout(go, BACK_WITHIN_MS);
      this.#arrivals.add(go);
    });
    return this.calls;
  }

  /** What it is asked; throws while it is away. */
  get calls(): Calls {
    if (this.#calls === undefined) throw new Error('The process of the room is away.');
    return this.#calls;
  }

  /** Whether it could take one more socket now. */
  get isReachable(): boolean {
    return this.isOpen && this.#waiting.size < MAX_WAITING;
  }

  /** Once given, the socket is hung up should the process end before it has it. */
  give(handover: Handover): void {
    this.#waiting.add(handover);
    // Node sends one socket at a time, and keeps the others meanwhile.
    this.#child?.send(handover.upgrade, handover.socket, ignore);
  }

  async close(): Promise<void> {
    this.#closing = true;
    clearTimeout(this.#retry);
    for (const go of this.#arrivals) go();
    const child = this.#child;
    if (child === undefined) return;
    if (child.connected) say(child, { type: 'close' });
    const kill = setTimeout(() => child.kill('SIGKILL'), CLOSE_WITHIN_MS);
    await this.#ending;
    clearTimeout(kill);
  }

  #start(opened: () => void, refused: (error: Error) => void): void {
    const started = performance.now();
    const child = fork(CHILD, []);
    const calls = new Calls((call) => say(child, call));
    const { log, settings } = this.#options;
    const { place } = settings;
    let reason: string | undefined;
    this.#child = child;
    child.on('message', (message) => {
      const told = message as ToParent; // It runs this very code.
      if (told.type === 'ready') {
        this.#calls = calls;
        for (const go of this.#arrivals) go();
        opened();
      } else if (told.type === 'refused') reason = told.reason;
      else this.#hear(child, calls, told);
    });
    this.#ending = new Promise((resolve) => {
      const end = (how: string) => {
        this.#ended(calls);
        resolve();
        refused(new Error(reason ?? `A process of rooms ended: ${how}.`));
        if (this.#closing) return;
        // It mends itself, unless it says why it cannot.
        if (reason === undefined)
          log.warn({ place, how }, 'a process of rooms ended, and starts again');
        else log.error({ place, reason }, 'a process of rooms cannot open');
        this.#startAgain(performance.now() - started > LONG_LIFE_MS);
      };
      child.once('exit', (code, signal) => end(signal ?? `code ${code}`));
      child.on('error', (error) => {
        // One that could not be started has no end either.
        if (child.pid === undefined) end(error.message);
        else log.error({ error, place }, 'a process of rooms is in trouble');
      });
    });
    say(child, { type: 'open', settings });
  }

  #hear(child: ChildProcess, calls: Calls, told: Exclude<ToParent, { type: 'ready' | 'refused' }>) {
    switch (told.type) {
      case 'took': {
        const [first] = this.#waiting;
        if (first !== undefined) this.#waiting.delete(first);
        return;
      }
      case 'call':
        return void reply(
          told.id,
          () => this.#options.publish(told.ask as Publish), // It asks for nothing else.
          (message) => say(child, message),
        );
      case 'answer':
      case 'failed':
        return calls.settle(told);
    }
  }

  #ended(calls: Calls): void {
    this.#child = undefined;
    this.#calls = undefined;
    calls.abandon();
    for (const handover of this.#waiting) handover.cut();
    this.#waiting.clear();
  }

  #startAgain(livedLong: boolean): void {
    this.#failures = livedLong ? 0 : this.#failures + 1;
    const delay = livedLong ? 0 : Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** (this.#failures - 1));
    this.#retry = setTimeout(() => this.#start(ignore, ignore), delay);
  }
}

/** What cannot be said any more is told by the end of the process. */
function say(child: ChildProcess, message: ToProcess): void {
  if (child.connected) child.send(message, ignore);
}

function ignore(): void {}
