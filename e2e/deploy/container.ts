import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, globSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ComposeService } from '../../deploy/compose-file.ts';

/** One service of the compose file as a process of an unprivileged user. */

/** Where the image has what runs: this folder, unless another was made by the Dockerfile's steps. */
const image = process.env['IMAGE'] ?? join(import.meta.dirname, '..', '..');
const NOBODY = 65_534;
/** What the images bring by themselves. */
const BROUGHT: Record<string, Record<string, string>> = {
  caddy: { XDG_DATA_HOME: '/data', XDG_CONFIG_HOME: '/config' },
  harmonium: { NODE_ENV: 'production', MEDIASOUP_WORKER_BIN: process.env['WORKER'] ?? '' },
};

export class Container {
  readonly name: string;
  output = '';
  readonly #service: ComposeService;
  readonly #log: (text: string) => void;
  /** What the container sees, and where it is here. */
  readonly #mounts: [there: string, here: string][];
  readonly #user: number;
  #process: ChildProcess | undefined;

  /** @param folder of the volumes */
  constructor(name: string, service: ComposeService, folder: string, log: (text: string) => void) {
    this.name = name;
    this.#service = service;
    this.#log = log;
    this.#user = name === 'postgres' ? idOf('postgres') : NOBODY;
    this.#mounts = service.volumes.map((volume) => {
      const [source = '', there = ''] = volume.split(':');
      return [there, source.startsWith('.') ? join(image, source) : this.#volume(folder, source)];
    });
  }

  /** Caddy's own authority outlives a product: the browsers trust it. */
  #volume(folder: string, name: string): string {
    const shared = name === 'caddy' ? process.env['CADDY_DATA'] : undefined;
    const here = shared ?? join(folder, name);
    if (!existsSync(here)) {
      mkdirSync(here, { recursive: true });
      chownSync(here, this.#user, this.#user);
    }
    return here;
  }

  get pid(): number {
    if (this.#process?.pid === undefined) throw new Error(`${this.name} is not running`);
    return this.#process.pid;
  }

  async start(): Promise<void> {
    const [command = '', ...parameters] = this.#command();
    const child = spawn(command, parameters, {
      cwd: this.#cwd(),
      env: this.#environment(),
      uid: this.#user,
      gid: this.#user,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => {
        this.output += text;
        this.#log(`${this.name} | ${text}`);
      });
    }
    await once(child, 'spawn');
  }

  /** The health check of the compose file says so. */
  isHealthy(): boolean {
    if (this.#process?.exitCode !== null)
      throw new Error(`${this.name} has ended:\n${this.output}`);
    const [, command = '', ...parameters] = this.#service.healthcheck?.test ?? [];
    const options = { cwd: this.#cwd(), env: this.#environment(), timeout: 10_000 };
    return spawnSync(command, parameters, options).status === 0;
  }

  /** @throws when it does not end in an orderly way within the time that compose would give it */
  async stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const grace = Number.parseInt(this.#service.stop_grace_period ?? '10s', 10) * 1_000;
    const patience = setTimeout(() => child.kill('SIGKILL'), grace);
    // The image of PostgreSQL says that it stops by SIGINT.
    child.kill(this.name === 'postgres' && signal === 'SIGTERM' ? 'SIGINT' : signal);
    await once(child, 'exit');
    clearTimeout(patience);
    if (signal === 'SIGTERM' && child.exitCode !== 0) {
      throw new Error(`${this.name} ended with ${child.exitCode ?? child.signalCode}`);
    }
  }

  #cwd(): string {
    return this.name === 'redis' ? this.#here('/data') : image;
  }

  #here(path: string): string {
    const mount = this.#mounts.find(([there]) => path === there || path.startsWith(`${there}/`));
    if (mount !== undefined) return mount[1] + path.slice(mount[0].length);
    // A folder that holds nothing but a mount, called as its volume is.
    const inside = this.#mounts.find(([there]) => path !== '' && dirname(there) === path);
    return inside === undefined ? path : dirname(inside[1]);
  }

  #command(): string[] {
    if (this.name === 'postgres') return this.#postgres();
    const [program = '', ...parameters] = this.#service.command;
    const isNode = program === 'node';
    return [isNode ? process.execPath : program, ...parameters.map((value) => this.#here(value))];
  }

  /** As the entrypoint of its image does: the first start makes user, password and database. */
  #postgres(): string[] {
    const data = this.#here('/var/lib/postgresql/data');
    const { POSTGRES_USER: user = '', POSTGRES_PASSWORD: password = '' } =
      this.#service.environment;
    if (!existsSync(join(data, 'PG_VERSION'))) {
      const owner = { uid: this.#user, gid: this.#user, cwd: data, env: this.#environment() };
      const passwords = join(dirname(data), 'password');
      writeFileSync(passwords, password, { mode: 0o644 });
      const as = ['-U', user, `--pwfile=${passwords}`, '--auth=scram-sha-256'];
      execFileSync('initdb', ['-D', data, ...as, '--encoding=UTF8', '--locale=C'], {
        ...owner,
        stdio: 'pipe',
      });
      const create = `CREATE DATABASE ${this.#service.environment['POSTGRES_DB']};\n`;
      const single = ['--single', '-D', data, 'postgres'];
      execFileSync('postgres', single, { ...owner, input: create, stdio: 'pipe' });
    }
    return ['postgres', '-D', data, '-h', '127.0.0.1', '-k', data];
  }

  #environment(): Record<string, string> {
    const [postgres = ''] = globSync('/usr/lib/postgresql/*/bin').sort().reverse();
    const kind = this.#service.image.split(':')[0] ?? '';
    const given = { ...BROUGHT[kind], ...this.#service.environment };
    const entries = Object.entries(given).map(([name, value]) => [name, this.#here(value)]);
    return {
      PATH: [dirname(process.execPath), postgres, process.env['PATH']].join(':'),
      ...Object.fromEntries(entries),
    };
  }
}

function idOf(user: string): number {
  return Number(execFileSync('id', ['-u', user], { encoding: 'utf8' }));
}
