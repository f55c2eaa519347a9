import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { freePort, run } from '../../api/testing/service.ts';
import { commandsOf, page } from './commands.ts';

/** The commands of docs/edge.md, in their order, run as far as they go without an account. */

const root = join(import.meta.dirname, '../..');
const LONG_MS = 300_000;

/** What is sent, compressed. Starting takes time and memory in proportion; the plan takes 10 MB. */
const LARGEST_KB = { api: 3 * 1024, rooms: 400 };

async function sh(line: string, env: Record<string, string> = {}): Promise<string> {
  const quiet = { WRANGLER_SEND_METRICS: 'false', NO_UPDATE_NOTIFIER: '1' };
  const all = { ...process.env, ...quiet, ...env };
  const { stdout } = await promisify(execFile)('sh', ['-ec', line], { cwd: root, env: all });
  return stdout;
}

/** Reported, bounded, and what the page says of it, give or take what some weeks bring. */
function expectSize(name: keyof typeof LARGEST_KB, script: string): void {
  const kb = Math.round(gzipSync(script).length / 1024);
  process.stdout.write(`${name}: ${kb} KB compressed\n`);
  expect(kb).toBeLessThan(LARGEST_KB[name]);
  const [, told] = new RegExp(`(\\d+) KB \\(${name}\\)`).exec(page) ?? [];
  expect(Math.abs(kb / Number(told) - 1), `${kb} KB, the page says ${told}`).toBeLessThan(0.15);
}

describe('docs/edge.md', () => {
  test(
    'npm ci --dry-run',
    async () => {
      expect(commandsOf('install')).toContain('npm ci');
      await sh('npm ci --dry-run');
    },
    LONG_MS,
  );

  // In place of deploying, once each however often the page says it.
  const builds = commandsOf('deploy').map((line) =>
    line.replace(/ deploy( --dry-run)?/, ' deploy --dry-run'),
  );
  test.each([...new Set(builds)])(
    '%s',
    async (line) => {
      const folder = await mkdtemp(join(tmpdir(), 'harmonium-worker-'));
      await sh(`${line} --outdir ${folder}`);
      const script = await readFile(join(folder, 'worker.js'), 'utf8');
      await rm(folder, { recursive: true });
      expectSize(line.includes('rooms') ? 'rooms' : 'api', script);
      // There is none in a Worker, and the S3 client's part for browsers reads answers by it.
      expect(script.includes('DOMParser')).toBe(false);
    },
    LONG_MS,
  );

  // Whoever has no account is told by the command's own help that there is such a command.
  const described = new Map<string, string[]>();
  for (const line of commandsOf('account')) {
    const [, command = '', options = ''] = /^npx (wrangler [a-z ]*[a-z])(.*)$/.exec(line) ?? [];
    described.set(command, [...(described.get(command) ?? []), options]);
  }
  test.each([...described])(
    '%s --help',
    async (command, used) => {
      const help = await sh(`npx ${command} --help`);
      expect(help.split('\n')[0]).toMatch(new RegExp(`^${command}( [<[]|$)`));
      for (const [option] of used.join(' ').matchAll(/--[a-z-]+/g)) expect(help).toContain(option);
      expect(/<key>/.test(help)).toBe(used.every((rest) => /^ [A-Z_]+/.test(rest)));
    },
    LONG_MS,
  );

  test.each(commandsOf('runs'))(
    '%s',
    async (line) => {
      const [port, mediaPort] = [await freePort(), await freePort()];
      const stop = await run({
        command: 'sh',
        parameters: ['-ec', line.replace('…', randomBytes(33).toString('base64'))],
        package: 'dash',
        // So that it can be tried beside another one; the page has those it has by itself.
        options: {
          cwd: root,
          env: { ...process.env, PORT: String(port), SFU_PORT: String(mediaPort) },
        },
        stop: 'SIGTERM',
        readyWithinMs: 60_000,
        async isReady() {
          const { status } = await fetch(`http://127.0.0.1:${port}/health`);
          expect(status).toBe(200);
        },
      });
      await stop();
    },
    LONG_MS,
  );
});
