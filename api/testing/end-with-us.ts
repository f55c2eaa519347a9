import { type ChildProcess, spawn } from 'node:child_process';

/** Waits for its input to end, then ends a group of processes. */
const GUARD = 'read -r _; kill -s KILL -- "-$1"';

/**
 * Ends what a program started when the program ends, and all of it when this process does, whatever
 * ends it: nobody hears of SIGKILL but who reads from a pipe that breaks.
 * @param program leads a group of its own (`detached`)
 */
export function endWithUs(program: ChildProcess): void {
  // It could not be started.
  if (program.pid === undefined) return;
  const guard = spawn('sh', ['-c', GUARD, 'guard', String(program.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // Ctrl+C in a terminal goes to our whole group.
    detached: true,
  });
  guard.unref();
  program.once('exit', () => guard.stdin.destroy());
}
