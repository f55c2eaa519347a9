import { spawn, type ChildProcess } from 'node:child_process';

/**
 * The product with reload on :3000 (no built page) and the page with hot reload on :5173, which
 * forwards /api, /parties, /sfu and /files to it.
 */
const children: ChildProcess[] = [
  run('harmonium.ts', ['--watch', '--watch-preserve-output', 'harmonium.ts', '--no-page']),
  run('vite', ['--run', 'dev'], 'web'),
];

function run(name: string, args: string[], cwd = '.'): ChildProcess {
  const child = spawn(process.execPath, args, { cwd, stdio: 'inherit' });
  child.on('exit', (code) => {
    console.error(`${name} ended with ${code ?? 'a signal'}`);
    stop();
  });
  return child;
}

function stop(): void {
  for (const child of children) child.kill('SIGTERM');
}

process.on('SIGINT', stop);
process.on('SIGTERM', stop);
