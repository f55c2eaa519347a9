import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { type FragileService, freePort, run } from './service.ts';

/** An empty Redis that keeps nothing on disk. */
export async function startRedis(): Promise<FragileService> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'harmonium-redis-'));
  const url = `redis://127.0.0.1:${port}`;
  const start = () =>
    run({
      command: 'redis-server',
      parameters: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder],
      package: 'redis-server',
      stop: 'SIGTERM',
      async isReady() {
        const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
        // ioredis prints what nobody listens to.
        redis.on('error', () => {});
        try {
          await redis.connect();
          await redis.ping();
        } finally {
          redis.disconnect();
        }
      },
    });
  let stop = await start();
  return {
    url,
    stop: () => stop(),
    async start() {
      stop = await start();
    },
    async close() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
