import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { cpuShare } from './cpu-share.ts';

test('a worker that does nothing counts for little, a busy one for what it takes', async () => {
  const worker = spawn(process.execPath, ['-e', 'console.log(1); for (;;);']);
  await once(worker.stdout, 'data');
  const idle = cpuShare({ pids: () => [process.pid], cores: 1000, now: Date.now });
  const busy = cpuShare({ pids: () => [worker.pid ?? 0], cores: 1, now: Date.now });
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(idle()).toBeLessThan(0.01);
  // How much it gets depends on who else wants the machine.
  expect(busy()).toBeGreaterThan(0.05);
  worker.kill();
});

test('a worker that is gone counts for nothing', () => {
  let now = 0;
  const share = cpuShare({ pids: () => [2 ** 30], cores: 1, now: () => now });
  now += 1_000_000;
  expect(share()).toBeLessThan(0.01);
});
