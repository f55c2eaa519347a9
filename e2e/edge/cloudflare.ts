import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startNeonProxy } from '../../api/testing/neon-proxy.ts';
import { startPostgres } from '../../api/testing/postgres.ts';
import { startRedis } from '../../api/testing/redis.ts';
import { startS3, type S3Service } from '../../api/testing/s3.ts';
import { freePort, run, type Service } from '../../api/testing/service.ts';
import { startUpstashBridge } from '../../api/testing/upstash-bridge.ts';

/**
 * The product as docs/edge.md puts it together, on this machine: both Workers in workerd, Neon's and
 * Upstash's clients by way of a proxy and a bridge to PostgreSQL and Redis, an S3 server, and voice.
 */

const root = join(import.meta.dirname, '..', '..');
const WRANGLER = join(root, 'node_modules/wrangler/bin/wrangler.js');
const SECRET = 'a secret for the edge on this machine';

/** What others run for whoever is on the edge: stays while our own parts are stopped. */
interface Managed {
  postgres: Service;
  neon: Service;
  redis: Service;
  upstash: Service & { token: string };
  s3: S3Service;
}

export class Cloudflare {
  readonly #port: number;
  readonly #folder: string;
  readonly #log: (text: string) => void;
  #managed: Managed | undefined;
  #stops: (() => Promise<void>)[] = [];

  /** @param folder for what rooms keep */
  constructor(port: number, folder: string, log: (text: string) => void) {
    this.#port = port;
    this.#folder = folder;
    this.#log = log;
  }

  /** Starts what is not there, and resolves when every part answers. */
  async up(environment: Record<string, string>): Promise<void> {
    this.#managed ??= await startManaged();
    const roomsPort = await freePort();
    const voicePort = await freePort();
    const api = `http://127.0.0.1:${this.#port}`;
    const rooms = `http://127.0.0.1:${roomsPort}`;
    const limits = { RATE_LIMIT_SCALE: '100', ...environment };
    await this.#worker('rooms/wrangler.toml', roomsPort, `${rooms}/`, {
      ...limits,
      JWT_SECRET: SECRET,
      API_URL: api,
    });
    await this.#voice(voicePort, rooms);
    await this.#worker('wrangler.toml', this.#port, `${api}/health`, {
      ...limits,
      ...apiVariables(this.#managed),
      SFU_URL: `http://127.0.0.1:${voicePort}`,
    });
  }

  async stop(): Promise<void> {
    for (const stop of this.#stops.splice(0).toReversed()) await stop();
  }

  async close(): Promise<void> {
    await this.stop();
    if (this.#managed === undefined) return;
    const { neon, upstash, s3, redis, postgres } = this.#managed;
    for (const service of [neon, upstash, s3, redis, postgres]) await service.close();
  }

  /** `wrangler dev`, with what `wrangler secret put` would have given. */
  async #worker(
    config: string,
    port: number,
    url: string,
    variables: Record<string, string>,
  ): Promise<void> {
    const registry = join(this.#folder, 'registry');
    mkdirSync(registry, { recursive: true });
    const given = Object.entries(variables).map(([name, value]) => `--var=${name}:${value}`);
    await this.#run(url, config, process.execPath, {
      parameters: [
        WRANGLER,
        'dev',
        `--config=${join(root, config)}`,
        '--ip=127.0.0.1',
        `--port=${port}`,
        '--inspector-port=0',
        `--persist-to=${join(this.#folder, 'workers')}`,
        '--show-interactive-dev-session=false',
        ...given,
      ],
      env: {
        WRANGLER_SEND_METRICS: 'false',
        WRANGLER_REGISTRY_PATH: registry,
        S3_ENDPOINT: this.#managed?.s3.url,
      },
    });
  }

  async #voice(port: number, rooms: string): Promise<void> {
    await this.#run(`http://127.0.0.1:${port}/health`, 'sfu', process.execPath, {
      parameters: ['sfu/src/main.ts'],
      env: {
        JWT_SECRET: SECRET,
        ROOMS_URL: rooms,
        PORT: String(port),
        SFU_PORT: String(this.#port + 1),
        SFU_WORKERS: '1',
        MEDIASOUP_ANNOUNCED_IP: '127.0.0.1',
      },
    });
  }

  async #run(
    url: string,
    name: string,
    command: string,
    { parameters, env }: { parameters: string[]; env: Record<string, string | undefined> },
  ): Promise<void> {
    const stop = await run({
      command,
      parameters,
      package: 'nodejs',
      options: { cwd: root, env: { ...process.env, ...env } },
      stop: 'SIGTERM',
      hears: (text) => this.#log(`${name} | ${text}`),
      readyWithinMs: 120_000,
      async isReady() {
        const { status } = await fetch(url);
        // Rooms have no page of their own.
        if (status !== 200 && status !== 404) throw new Error(`it answers ${status}`);
      },
    });
    this.#stops.push(stop);
  }
}

async function startManaged(): Promise<Managed> {
  const [postgres, redis, s3] = await Promise.all([startPostgres(), startRedis(), startS3()]);
  const [neon, upstash] = await Promise.all([
    startNeonProxy(postgres.url),
    startUpstashBridge(redis.url),
  ]);
  return { postgres, redis, s3, neon, upstash };
}

function apiVariables({ postgres, neon, upstash, s3 }: Managed): Record<string, string> {
  return {
    JWT_SECRET: SECRET,
    JWT_REFRESH_SECRET: `${SECRET}, another`,
    DATABASE_URL: postgres.url,
    NEON_WS_PROXY: neon.url,
    UPSTASH_REDIS_REST_URL: upstash.url,
    UPSTASH_REDIS_REST_TOKEN: upstash.token,
    S3_ENDPOINT: s3.url,
    S3_REGION: s3.region,
    S3_BUCKET: s3.bucket,
    S3_ACCESS_KEY_ID: s3.accessKeyId,
    S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
  };
}
