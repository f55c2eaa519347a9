import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseEnv } from 'node:util';
import { readCompose, type ComposeFile } from '../../deploy/compose-file.ts';
import { Container } from './container.ts';

/**
 * The services of docker-compose.yml as plain processes: their commands, environment, health checks
 * and Caddyfile as they stand there. `main.ts` makes the place where their names and ports are free.
 */

const root = join(import.meta.dirname, '..', '..');
const READY_WITHIN_MS = 60_000;
/** In the order of their need; the others stay away without their profile. */
const ORDER = ['postgres', 'redis', 'web', 'rooms', 'sfu', 'api', 'caddy'];
/** What the suite asks of a product beside what the setup wrote, as an operator's shell would. */
const FOR_TESTS = {
  DOMAIN: 'localhost',
  // The address that a request came by counts: some come by a cable of their own.
  CLIENT_URL: '',
  RATE_LIMIT_SCALE: '100',
  SFU_WORKERS: '1',
};

export class Composed {
  readonly #folder: string;
  readonly #log: (text: string) => void;
  #containers: Container[] = [];

  /** @param folder for what the services keep */
  constructor(folder: string, log: (text: string) => void) {
    this.#folder = folder;
    this.#log = log;
  }

  pidOf(name: string): number {
    const container = this.#containers.find((one) => one.name === name);
    if (container === undefined) throw new Error(`${name} is not running`);
    return container.pid;
  }

  /** `sh deploy/setup.sh && docker compose up --wait` */
  async up(environment: Record<string, string>): Promise<void> {
    const { services } = this.#read(environment);
    chmodSync(this.#folder, 0o755);
    for (const name of ORDER) {
      const service = services[name];
      if (service === undefined) throw new Error(`there is no service ${name}`);
      const container = new Container(name, service, this.#folder, this.#log);
      this.#containers.push(container);
      await container.start();
      // The databases have to be well before the api starts; compose waits for them, too.
      if (name === 'redis') await this.#healthy();
    }
    await this.#healthy();
  }

  #read(environment: Record<string, string>): ComposeFile {
    const file = join(this.#folder, '.env');
    mkdirSync(this.#folder, { recursive: true });
    execFileSync('sh', [join(root, 'deploy/setup.sh')], {
      env: { ...process.env, ENV_FILE: file },
    });
    const written = parseEnv(readFileSync(file, 'utf8'));
    const announced = process.env['ANNOUNCED'];
    return readCompose(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), {
      ...written,
      ...FOR_TESTS,
      ...(announced === undefined ? {} : { MEDIASOUP_ANNOUNCED_IP: announced }),
      ...environment,
    });
  }

  async #healthy(): Promise<void> {
    const end = Date.now() + READY_WITHIN_MS;
    for (const container of this.#containers) {
      while (!container.isHealthy()) {
        if (Date.now() > end)
          throw new Error(`${container.name} is not well:\n${container.output}`);
        await sleep(100);
      }
    }
  }

  /** `docker compose stop`, or what a power cut does. */
  async stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    for (const container of this.#containers.toReversed()) await container.stop(signal);
    this.#containers = [];
  }
}
