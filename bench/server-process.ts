import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Usage } from './usage.ts';

export type ServerName = 'rooms-server' | 'bare-loop' | 'voice-server' | 'bare-voice';

/** The young generation at its full size from the start: its growth belongs to no client. */
const V8_FLAGS = ['--expose-gc', '--min-semi-space-size=16'];

/** A server in a process of its own, so that its CPU and memory are its own. */
export class ServerProcess {
  readonly name: ServerName;
  port = 0;
  readonly #dataDir: string;
  #child: ChildProcess | undefined;

  readonly #parameters: readonly string[];

  private constructor(name: ServerName, dataDir: string, parameters: readonly string[]) {
    this.name = name;
    this.#dataDir = dataDir;
    this.#parameters = parameters;
  }

  /** @param parameters what the server takes beside its folder */
  static async start(name: ServerName, ...parameters: string[]): Promise<ServerProcess> {
    const dataDir = await mkdtemp(join(tmpdir(), 'harmonium-bench-'));
    const server = new ServerProcess(name, dataDir, parameters);
    await server.#start();
    return server;
  }

  get pid(): number {
    if (this.#child?.pid === undefined) throw new Error(`${this.name} is not running.`);
    return this.#child.pid;
  }

  /** The usage until now. */
  usage(): Promise<Usage> {
    return this.#ask('usage');
  }

  /** The same after a garbage collection, so that memory is what is held. */
  held(): Promise<Usage> {
    return this.#ask('held');
  }

  /** Asks it to end, and starts it on what it has stored. */
  async restart(): Promise<void> {
    await this.#end();
    await this.#start();
  }

  async stop(): Promise<void> {
    await this.#end();
    await rm(this.#dataDir, { recursive: true });
  }

  async #ask(question: 'usage' | 'held'): Promise<Usage> {
    if (this.#child === undefined) throw new Error(`${this.name} is not running.`);
    this.#child.send(question);
    const [usage] = await once(this.#child, 'message');
    return usage;
  }

  async #start(): Promise<void> {
    const file = join(import.meta.dirname, `${this.name}.ts`);
    const child = fork(file, [this.#dataDir, ...this.#parameters], { execArgv: V8_FLAGS });
    this.#child = child;
    const [{ port }] = await once(child, 'message');
    this.port = port;
  }

  async #end(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
}
