import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres } from '../../api/testing/postgres.ts';
import { freePort, type Service } from '../../api/testing/service.ts';
import { Process } from '../testing/process.ts';

let folder: string;
let postgres: Service;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'harmonium-parts-'));
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres?.close();
  rmSync(folder, { recursive: true, force: true });
});

test.each([
  ['api', 'api/src/node.ts', '/api/config'],
  ['rooms', 'rooms/src/main.ts', '/health'],
  ['sfu', 'sfu/src/main.ts', '/health'],
])(
  '%s ends with 0 when it is asked to, and says what it does in lines of JSON',
  async (...part) => {
    const [name, file, path] = part;
    const port = await freePort();
    const environment = {
      PORT: String(port),
      DATA_DIR: folder,
      DATABASE_URL: postgres.url,
      JWT_SECRET: 'a secret of a part alone',
      JWT_REFRESH_SECRET: 'and another one of it',
      // Nobody is there; what is told to rooms waits in vain.
      ROOMS_URL: 'http://127.0.0.1:9',
      MEDIASOUP_ANNOUNCED_IP: '127.0.0.1',
      SFU_PORT: String(await freePort()),
      SFU_WORKERS: '1',
    };
    const one = new Process([file], environment, `http://127.0.0.1:${port}${path}`);
    await one.start();
    const { code, ms } = await one.stop();
    expect(code).toBe(0);
    expect(ms).toBeLessThan(25_000);
    const lines = one.output.trim().split('\n');
    const shape = {
      level: expect.any(Number) as number,
      time: expect.any(Number) as number,
      name,
      msg: expect.any(String) as string,
    };
    for (const line of lines) expect(JSON.parse(line)).toMatchObject(shape);
  },
);
