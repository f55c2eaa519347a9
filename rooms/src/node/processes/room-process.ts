import { fork, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Log } from '../../host.ts';
import { Calls, reply } from './calls.ts';
import type { Publish, RoomProcessSettings, ToParent, ToProcess, Upgrade } from './message.ts';

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));
/** One that lived so long may be started again at once, in milliseconds. */
const LONG_LIFE_MS = 10_000;
const RETRY_MIN_MS = 100;
const RETRY_MAX_MS = 10_000;
const CLOSE_WITHIN_MS = 8_000;
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
  readonly #waiting = new Set<Socket>();
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

  /** What it is asked; throws while it is away. */
  get calls(): Calls {
    if (this.#calls === undefined) throw new Error('The process of the room is away.');
    return this.#calls;
  }

  /** False: it cannot take it now, and the socket is still the caller's. */
  give(upgrade: Upgrade, socket: Socket): boolean {
    const child = this.#child;
    if (child === undefined || !this.isOpen || this.#waiting.size >= MAX_WAITING) return false;
    this.#waiting.add(socket);
    // Called once it has left. Node sends one socket at a time, and keeps the others meanwhile.
    child.send(upgrade, socket, { keepOpen: false }, () => this.#waiting.delete(socket));
    return true;
  }

  async close(): Promise<void> {
    this.#closing = true;
    clearTimeout(this.#retry);
    const child = this.#child;
    if (child === undefined) return;
    if (child.connected) say(child, { type: 'close' });
    const kill = setTimeout(() => child.kill('SIGKILL'), CLOSE_WITHIN_MS);
    await this.#ending;
    clearTimeout(kill);
  }

  #start(opened: () => void, refused: (error: Error) => void): void {
    const { settings, log } = this.#options;
    const { place } = settings;
    const started = performance.now();
    const child = fork(CHILD, []);
    const calls = new Calls((call) => say(child, call));
    let reason: string | undefined;
    this.#child = child;
    child.on('message', (message) => {
      const told = message as ToParent; // It runs this very code.
      if (told.type === 'ready') {
        this.#calls = calls;
        opened();
        log.info(
          { place, pid: child.pid, ms: Math.round(performance.now() - started) },
          'a process of rooms is open',
        );
      } else if (told.type === 'refused') reason = told.reason;
      else if (told.type === 'call') this.#answer(child, told.id, told.ask as Publish);
      else if (told.type === 'answer' || told.type === 'failed') calls.settle(told);
    });
    child.on('error', (error) => log.error({ error, place }, 'a process of rooms is in trouble'));
    this.#ending = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.#child = undefined;
        this.#calls = undefined;
        calls.abandon();
        for (const socket of this.#waiting) socket.destroy();
        this.#waiting.clear();
        resolve();
        refused(new Error(reason ?? `A process of rooms ended with ${code ?? signal}.`));
        if (this.#closing) return;
        log.error({ place, code, signal, reason }, 'a process of rooms ended');
        this.#startAgain(performance.now() - started > LONG_LIFE_MS);
      });
    });
    say(child, { type: 'open', settings });
  }

  #startAgain(livedLong: boolean): void {
    this.#failures = livedLong ? 0 : this.#failures + 1;
    const delay = livedLong ? 0 : Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** (this.#failures - 1));
    this.#retry = setTimeout(() => this.#start(ignore, ignore), delay);
  }

  #answer(child: ChildProcess, id: number, ask: Publish): void {
    void reply(
      id,
      () => this.#options.publish(ask),
      (message) => say(child, message),
    );
  }
}

/** What cannot be said any more is told by the end of the process. */
function say(child: ChildProcess, message: ToProcess): void {
  if (child.connected) child.send(message, ignore);
}

function ignore(): void {}
