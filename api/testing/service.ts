import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { endWithUs } from './end-with-us.ts';

/** Something that runs beside the tests until it is closed. */
export interface Service {
  url: string;
  close(): Promise<void>;
}

/** A service that a test can take away and bring back, with what it holds. */
export interface FragileService extends Service {
  stop(): Promise<void>;
  start(): Promise<void>;
}

const READY_TIMEOUT_MS = 30_000;

/** A port nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export interface Program {
  command: string;
  parameters: string[];
  /** Debian package that has it. */
  package: string;
  options?: SpawnOptions;
  /** The signal that ends it in an orderly way. */
  stop: NodeJS.Signals;
  /** Resolves once it answers; throws until then. */
  isReady: () => Promise<void>;
  /** Half a minute when it is not said. */
  readyWithinMs?: number;
  /** Is told what it prints. */
  hears?: (text: string) => void;
}

/** Runs a program until it answers. @returns ends it */
export async function run(program: Program): Promise<() => Promise<void>> {
  const child = spawn(program.command, program.parameters, {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...program.options,
    detached: true,
  });
  // A test run that is cut short must not leave its services running, nor what those started.
  endWithUs(child);
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text) => {
      said.push(String(text));
      program.hears?.(String(text));
    });
  }
  const failed = failure(child, program, said);
  await Promise.race([failed, untilReady(program)]);
  failed.catch(() => {});
  return async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(program.stop);
    await once(child, 'exit');
  };
}

async function failure(child: ChildProcess, program: Program, said: string[]): Promise<never> {
  const [outcome] = (await Promise.race([once(child, 'exit'), once(child, 'error')])) as unknown[];
  const missing = outcome instanceof Error && 'code' in outcome && outcome.code === 'ENOENT';
  throw new Error(
    missing
      ? `${program.command} is not installed: run "node .ci/prepare.ts" or "apt-get install ${program.package}"`
      : `${program.command} ended: ${String(outcome)}\n${said.join('')}`,
  );
}

async function untilReady({ command, isReady, readyWithinMs }: Program): Promise<void> {
  const end = Date.now() + (readyWithinMs ?? READY_TIMEOUT_MS);
  for (;;) {
    try {
      await isReady();
      return;
    } catch (cause) {
      if (Date.now() > end) throw new Error(`${command} does not answer`, { cause });
      await sleep(50);
    }
  }
}
