import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = join(import.meta.dirname, '../..');
const READY_WITHIN_MS = 60_000;

/** One process of the product, as an operator starts it. */
export class Process {
  /** Since it was started last. */
  output = '';
  readonly #parameters: string[];
  readonly #environment: Record<string, string>;
  readonly #readyAt: string;
  #child: ChildProcess | undefined;

  /**
   * @param parameters of node
   * @param readyAt what answers with 200 once it can be used
   */
  constructor(parameters: string[], environment: Record<string, string>, readyAt: string) {
    this.#parameters = parameters;
    this.#environment = environment;
    this.#readyAt = readyAt;
  }

  get pid(): number {
    if (this.#child?.pid === undefined) throw new Error('It was not started.');
    return this.#child.pid;
  }

  async start(): Promise<void> {
    this.output = '';
    const child = spawn(process.execPath, this.#parameters, {
      cwd: root,
      env: { ...process.env, ...this.#environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    child.stdout.on('data', (text) => (this.output += String(text)));
    child.stderr.on('data', (text) => (this.output += String(text)));
    // Whatever ends this process must not leave the product's running.
    const kill = () => child.kill('SIGKILL');
    process.once('exit', kill);
    child.once('exit', () => process.off('exit', kill));
    await this.#ready(child);
  }

  /** @returns what it ended with, and after how long; a signal where it did not end by itself */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') {
    const began = performance.now();
    const child = this.#child;
    if (child === undefined) throw new Error('It was not started.');
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    }
    return { code: child.exitCode ?? child.signalCode, ms: performance.now() - began };
  }

  async #ready(child: ChildProcess): Promise<void> {
    const end = Date.now() + READY_WITHIN_MS;
    while (Date.now() < end) {
      if (child.exitCode !== null) throw new Error(`It ended:\n${this.output}`);
      const answer = await fetch(this.#readyAt).catch(() => undefined);
      await answer?.body?.cancel();
      if (answer?.ok === true) return;
      await sleep(50);
    }
    throw new Error(`It was not ready in time:\n${this.output}`);
  }
}
