import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Root may make networks, unless it is that of a container which may not. */
export function mayMakeNetworks(): boolean {
  const name = `hm-may-${process.pid}`;
  try {
    run('ip', 'netns', 'add', name);
    run('ip', 'netns', 'delete', name);
    return true;
  } catch {
    return false;
  }
}

/**
 * A network of its own for a browser, with one line to this machine: what goes over it can be
 * changed while people talk.
 */
export class FarNetwork {
  /** This machine's end. */
  readonly here: string;
  readonly here6: string;
  /** Starts Chromium in it. */
  readonly chromium: string;
  readonly #name: string;
  readonly #folder: string;
  readonly #net: number;

  private constructor(net: number, folder: string) {
    this.#net = net;
    this.#name = `hm-far-${net}`;
    this.#folder = folder;
    this.here = `10.77.${net}.1`;
    this.here6 = `fd77:${net}::1`;
    this.chromium = join(folder, 'chromium');
  }

  static async open(): Promise<FarNetwork> {
    const net = 1 + Math.floor(Math.random() * 250);
    const far = new FarNetwork(net, await mkdtemp(join(tmpdir(), 'harmonium-far-')));
    await far.#make();
    return far;
  }

  /** @param host 2 to 254 */
  address(host: number): string {
    return `10.77.${this.#net}.${host}`;
  }

  /** The browser's machine has this address from now on, and not the one before. */
  move(from: number, to: number): void {
    const dev = ['dev', this.#line];
    this.#inside('ip', 'addr', 'del', `${this.address(from)}/24`, ...dev);
    this.#inside('ip', 'addr', 'add', `${this.address(to)}/24`, ...dev);
  }

  /** In place of its IPv4 address the browser's machine has one of IPv6. */
  moveToIPv6(from: number): void {
    this.#inside('ip', 'addr', 'del', `${this.address(from)}/24`, 'dev', this.#line);
    const to = `fd77:${this.#net}::2/64`;
    // At once: nobody else can have it.
    this.#inside('ip', 'addr', 'add', to, 'dev', this.#line, 'nodad');
  }

  /** Nothing of this protocol gets through to a port here, and nobody says so. */
  block(protocol: 'udp' | 'tcp', port: number): void {
    const toPort = `ipproto ${protocol} dport ${port}`.split(' ');
    for (const version of ['-4', '-6']) {
      this.#inside('ip', version, 'rule', 'add', ...toPort, 'blackhole', 'pref', '100');
    }
  }

  /** Everything gets through again. */
  unblock(): void {
    for (const version of ['-4', '-6']) {
      const rules = this.#inside('ip', version, 'rule', 'show', 'pref', '100');
      for (const rule of rules.split('\n').filter(Boolean)) {
        const [, selector = ''] = /from all (.*) blackhole/.exec(rule) ?? [];
        this.#inside('ip', version, 'rule', 'del', ...selector.split(' '), 'pref', '100');
      }
    }
  }

  pull(): void {
    this.#inside('ip', 'link', 'set', this.#line, 'down');
  }

  plug(): void {
    this.#inside('ip', 'link', 'set', this.#line, 'up');
  }

  async close(): Promise<void> {
    run('ip', 'netns', 'delete', this.#name);
    await rm(this.#folder, { recursive: true });
  }

  get #line(): string {
    return `hm${this.#net}b`;
  }

  #inside(...command: string[]): string {
    return run('ip', 'netns', 'exec', this.#name, ...command);
  }

  async #make(): Promise<void> {
    const [near, line] = [`hm${this.#net}a`, this.#line];
    run('ip', 'netns', 'add', this.#name);
    run('ip', 'link', 'add', near, 'type', 'veth', 'peer', 'name', line, 'netns', this.#name);
    run('ip', 'addr', 'add', `${this.here}/24`, 'dev', near);
    run('ip', 'addr', 'add', `${this.here6}/64`, 'dev', near, 'nodad');
    run('ip', 'link', 'set', near, 'up');
    this.#inside('ip', 'link', 'set', 'lo', 'up');
    this.#inside('ip', 'addr', 'add', `${this.address(2)}/24`, 'dev', line);
    this.#inside('ip', 'link', 'set', line, 'up');
    await writeFile(
      this.chromium,
      `#!/bin/sh\nexec ip netns exec ${this.#name} "${process.env['CHROMIUM'] ?? '/usr/bin/chromium'}" "$@"\n`,
    );
    await chmod(this.chromium, 0o755);
  }
}

function run(command: string, ...parameters: string[]): string {
  return execFileSync(command, parameters, { stdio: ['ignore', 'pipe', 'pipe'] }).toString();
}
