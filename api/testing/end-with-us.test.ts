import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { endWithUs } from './end-with-us.ts';

const HERE = JSON.stringify(new URL('end-with-us.ts', import.meta.url).pathname);
/** Starts a program that starts another one, and says who that is. */
const PROGRAM = `
  import { spawn } from 'node:child_process';
  import { endWithUs } from ${HERE};
  const program = spawn('sh', ['-c', 'sleep 600 & echo $!; wait'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  endWithUs(program);
  // Not before somebody watches: whoever reads it kills at once.
  program.stdout.pipe(process.stdout);
  setInterval(() => {}, 1000);`;

test('what a program started is gone after a test run that was killed', async () => {
  const run = spawn(process.execPath, ['--input-type=module-typescript', '-e', PROGRAM], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(run.stdout, 'data')) as [Buffer]; // As Node says.
  const started = Number(said.toString());
  expect(runs(started)).toBe(true);
  run.kill('SIGKILL');
  await expect.poll(() => runs(started), { timeout: 10_000 }).toBe(false);
}, 30_000);

test('what a program started is gone after the program itself', async () => {
  const program = spawn('sh', ['-c', 'sleep 600 & echo $!'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  endWithUs(program);
  const [said] = (await once(program.stdout, 'data')) as [Buffer]; // As Node says.
  await expect.poll(() => runs(Number(said.toString())), { timeout: 10_000 }).toBe(false);
});

/** Whoever took over a process may not have asked yet what became of it: that is a Z. */
function runs(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
