import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { createInterface } from 'node:readline';

import { onInterrupt } from './on-interrupt.ts';

const TAIL_LINES = 30;

interface CommandOptions {
  cwd?: string;
  /** The whole environment of the command; by default this process's own. */
  env?: NodeJS.ProcessEnv;
  /** Killed after this time. */
  limitMs: number;
  /** Leaves the processor to everybody else. */
  nice?: boolean;
  onLine?: (line: string) => void;
}

export interface CommandOutcome {
  /** Exit code; null when it could not be started or was killed. */
  code: number | null;
  /** Its last lines, standard output and error as they came. */
  tail: string[];
  /** There is no such command here. */
  missing: boolean;
}

export type RunCommand = (
  command: string,
  args: string[],
  options: CommandOptions,
) => Promise<CommandOutcome>;

/** Runs a command to its end. Never rejects: what went wrong is in the outcome. */
export const runCommand: RunCommand = async (command, args, options) => {
  try {
    return await runToEnd(command, args, options);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return { code: null, tail: [String(error)], missing };
  }
};

function runToEnd(
  command: string,
  args: string[],
  options: CommandOptions,
): Promise<CommandOutcome> {
  return new Promise((resolve, reject) => {
    const tail: string[] = [];
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.limitMs,
      killSignal: 'SIGKILL',
    });
    const forgetInterrupt = onInterrupt(() => child.kill('SIGTERM'));

    if (options.nice && child.pid !== undefined) makeNice(child.pid);

    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        tail.push(line);
        if (tail.length > TAIL_LINES) tail.shift();
        options.onLine?.(line);
      });
    }

    child.once('error', (error) => {
      forgetInterrupt();
      reject(error);
    });
    child.once('close', (code, signal) => {
      forgetInterrupt();
      if (signal !== null) tail.push(`${command} was ended by ${signal}.`);
      resolve({ code, tail, missing: false });
    });
  });
}

function makeNice(pid: number): void {
  try {
    setPriority(pid, 5);
  } catch {
    // It has ended already, or priorities are not ours to set here.
  }
}
