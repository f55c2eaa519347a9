import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Composed } from './deploy/composed.ts';
import { Cloudflare } from './edge/cloudflare.ts';

const root = join(import.meta.dirname, '..');
const READY_WITHIN_MS = 200_000;

const isComposed = process.env['PRODUCT'] === 'compose';
const isOnEdge = process.env['PRODUCT'] === 'edge';
/** How it is reached: with the services of compose by way of Caddy and its certificate. */
export const SCHEME = isComposed ? 'https' : 'http';
const HTTPS_PORT = 443;

/**
 * The whole product as `npm start` runs it, on a port and a data folder of its own; or, in
 * `npm run test:deploy`, as docker-compose.yml does; in `npm run test:edge` as docs/edge.md says.
 */
export class Product {
  readonly port: number;
  readonly url: string;
  readonly dataDir: string;
  /** What it printed since it was started last. */
  output = '';
  #process: ChildProcess | undefined;
  readonly #composed: Composed | undefined;
  readonly #edge: Cloudflare | undefined;
  readonly #environment: Record<string, string>;

  private constructor(port: number, dataDir: string, environment: Record<string, string>) {
    this.port = port;
    this.url = isComposed ? 'https://localhost' : `http://localhost:${port}`;
    this.#composed = isComposed
      ? new Composed(dataDir, (text) => (this.output += text))
      : undefined;
    this.#edge = isOnEdge
      ? new Cloudflare(port, dataDir, (text) => (this.output += text))
      : undefined;
    this.dataDir = dataDir;
    this.#environment = environment;
  }

  /** @param environment variables beside the defaults */
  static async start(environment: Record<string, string> = {}): Promise<Product> {
    const dataDir = await mkdtemp(join(tmpdir(), 'harmonium-e2e-'));
    const product = new Product(isComposed ? HTTPS_PORT : await freePort(), dataDir, {
      ...environment,
    });
    await product.start();
    return product;
  }

  /** Of the process that runs it. */
  get pid(): number {
    if (this.#process?.pid === undefined) throw new Error('the product is not running');
    return this.#process.pid;
  }

  /** The link that makes its visitor the owner, as it was printed at the first start. */
  ownerLink(): string | undefined {
    const [path] = /\/register\?owner=[\w-]+/.exec(this.output) ?? [];
    return path === undefined ? undefined : this.url + path;
  }

  /** Of the processes that share its rooms; throws while it has them itself. */
  roomPids(): number[] {
    return childrenOf(this.#composed?.pidOf('rooms') ?? this.pid, 'processes/child.ts');
  }

  /** Of mediasoup's workers. */
  workerPids(): number[] {
    return childrenOf(this.#composed?.pidOf('sfu') ?? this.pid, 'mediasoup-worker');
  }

  /**
   * Starts it (again) and waits until every part is healthy, voice among them.
   * @param environment variables that are others from now on
   */
  async start(environment: Record<string, string> = {}): Promise<void> {
    Object.assign(this.#environment, environment);
    this.output = '';
    if (this.#composed !== undefined) return this.#composed.up(this.#environment);
    if (this.#edge !== undefined) return this.#edge.up(this.#environment);
    const child = spawn(process.execPath, ['--max-semi-space-size=8', 'harmonium.ts'], {
      cwd: root,
      env: {
        ...process.env,
        NODE_ENV: 'development',
        PORT: String(this.port),
        DATA_DIR: this.dataDir,
        SFU_PORT: String(this.port + 1),
        SFU_WORKERS: '1',
        RATE_LIMIT_SCALE: '100',
        ...this.#environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => (this.output += text));
    }
    await this.#ready(child);
  }

  async #ready(child: ChildProcess): Promise<void> {
    const end = Date.now() + READY_WITHIN_MS;
    while (Date.now() < end) {
      if (child.exitCode !== null) throw new Error(`the product ended:\n${this.output}`);
      const health = await fetch(`${this.url}/health`).catch(() => undefined);
      if (health?.ok === true) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`the product was not ready in time:\n${this.output}`);
  }

  /** @param signal SIGTERM asks, SIGKILL does not */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    await this.#composed?.stop(signal);
    await this.#edge?.stop();
    const child = this.#process;
    if (child === undefined || child.exitCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  }

  /** Stops it and removes what it stored. */
  async discard(): Promise<void> {
    await this.stop();
    await this.#edge?.close();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

function childrenOf(pid: number, command: string): number[] {
  const found = execFileSync('pgrep', ['-P', String(pid), '-f', command]);
  return found.toString().trim().split('\n').map(Number);
}

/** Below the range that the kernel hands out by itself, so that nobody takes it meanwhile. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    if ((await isFree(port)) && (await isFree(port + 1))) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  server.listen(port);
  try {
    await once(server, 'listening');
    server.close();
    return true;
  } catch {
    return false;
  }
}
