import { describe, expect, test } from 'vitest';
import { startMediasoupWorker } from './mediasoup.ts';
import { mediaSuite } from './media.suite.ts';
import { freePort } from './testing/free-port.ts';
import { workerBin } from './testing/worker-bin.ts';

const start = async (port: number) =>
  startMediasoupWorker({ workerBin: await workerBin(), addresses: [{ ip: '127.0.0.1' }], port });

mediaSuite("mediasoup's worker", async () => start(await freePort()));

describe('a worker process', () => {
  test('a port that is taken is told in clear words', async () => {
    const port = await freePort();
    const first = await start(port);
    await expect(start(port)).rejects.toThrow(`Voice cannot listen on port ${port}`);
    first.close();
  });

  test('goes on while this process is asked to end, until it is closed', async () => {
    const listeners = () => [...process.listeners('SIGTERM'), ...process.listeners('SIGINT')];
    const before = listeners();
    const worker = await start(await freePort());
    expect(listeners()).toEqual(before);
    worker.close();
  });

  test('its death is heard', async () => {
    const worker = await start(await freePort());
    const died = new Promise<void>((resolve) => worker.onDied(resolve));
    process.kill(worker.pid, 'SIGKILL');
    await died;
  });
});
