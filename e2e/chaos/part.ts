import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const CLOCK = join(import.meta.dirname, 'shifted-clock.ts');
const LOGS = join(root, 'e2e/out/chaos');
const READY_WITHIN_MS = 90_000;

/** One process of the product, as an operator would run it alone; it can be killed and started again. */
export class Part {
  readonly name: string;
  readonly port: number;
  readonly url: string;
  readonly #file: string;
  readonly #environment: Record<string, string>;
  /** Says with its own health how others are. */
  readonly #answersForAll: boolean;
  #child: ChildProcess | undefined;
  /** By how much its clock is wrong, in milliseconds. */
  #clock = 0;

  /** @param file relative to the repository */
  constructor(
    name: string,
    file: string,
    port: number,
    environment: Record<string, string>,
    { answersForAll = false } = {},
  ) {
    this.#answersForAll = answersForAll;
    this.name = name;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.#file = join(root, file);
    this.#environment = environment;
  }

  get pid(): number {
    if (this.#child?.pid === undefined) throw new Error(`${this.name} does not run.`);
    return this.#child.pid;
  }

  /** Starts it, on what it has stored, and waits until it can be used. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['--import', CLOCK, this.#file], {
      cwd: root,
      env: {
        ...process.env,
        PORT: String(this.port),
        CLOCK_AHEAD_MS: String(this.#clock),
        ...this.#environment,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    // Whatever ends this process must not leave the product's running.
    const end = () => child.kill('SIGKILL');
    process.once('exit', end);
    child.once('exit', () => process.off('exit', end));
    mkdirSync(LOGS, { recursive: true });
    const log = createWriteStream(join(LOGS, `${this.name}.log`), { flags: 'a' });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    child.once('close', () => log.end());
    await this.#ready(child);
  }

  /** @returns what it ended with */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<number | string | null> {
    const child = this.#child;
    if (child === undefined) return null;
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    }
    return child.exitCode ?? child.signalCode;
  }

  /** Sets its clock off from now on, and at every start. */
  setClock(aheadMs: number): void {
    this.#clock = aheadMs;
    this.#child?.send({ aheadMs });
  }

  async #ready(child: ChildProcess): Promise<void> {
    const end = Date.now() + READY_WITHIN_MS;
    while (Date.now() < end) {
      if (child.exitCode !== null) throw new Error(`${this.name} ended; see ${LOGS}`);
      const answer = await fetch(`${this.url}/health`).catch(() => undefined);
      await answer?.body?.cancel();
      if (answer !== undefined && (answer.ok || this.#answersForAll)) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`${this.name} does not answer, or is not well; see ${LOGS}`);
  }
}
