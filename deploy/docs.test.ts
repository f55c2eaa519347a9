import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

/** What docs/self-hosting.md tells people to type: run where it can run without Docker, else checked. */

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const blocks = [...read('docs/self-hosting.md').matchAll(/^```sh\n(.*?)^```$/gms)];
const commands = blocks.flatMap(([, block = '']) => block.trim().split('\n'));
const { services } = z
  .object({
    services: z.record(z.string(), z.object({ profiles: z.array(z.string()).optional() })),
  })
  .parse(parse(read('docker-compose.yml'), { merge: true }));

/** Words of compose that the page uses, each with the options it gives them. */
const COMPOSE: Record<string, string[]> = {
  up: ['-d', '--build', '--wait'],
  ps: [],
  build: [],
  stop: [],
  start: [],
  run: ['--rm', 'restore'],
  logs: ['--since'],
  exec: ['node', 'deploy/doctor/main.ts'],
};
/** What only the reader's machine can do. */
const ELSEWHERE = [/^git clone </, /^git pull$/, /^cd harmonium$/, /^cp \.env backups\/env$/];

describe('docs/self-hosting.md', () => {
  test('has commands, and none that is neither run nor checked here', () => {
    expect(commands.length).toBeGreaterThan(8);
    const known = [/^sh deploy\/setup\.sh/, /^docker compose /, ...ELSEWHERE];
    expect(commands.filter((line) => !known.some((kind) => kind.test(line)))).toEqual([]);
  });

  test('its shell commands do what it says, one after the other, in one folder', () => {
    const folder = mkdtempSync(join(tmpdir(), 'harmonium-docs-'));
    cpSync(join(root, 'deploy'), join(folder, 'deploy'), { recursive: true });
    const outputs = commands
      .filter((line) => line.startsWith('sh '))
      .map((line) => execFileSync('sh', ['-ec', line], { cwd: folder, encoding: 'utf8' }));
    expect(outputs.length).toBeGreaterThan(2);
    const env = readFileSync(join(folder, '.env'), 'utf8');
    expect(env).toMatch(/^DOMAIN=chat\.example\.org$/m);
    expect(env).toMatch(/^JWT_SECRET=.{43}$/m);
    rmSync(folder, { recursive: true });
  });

  test.each(commands.filter((line) => line.startsWith('docker compose ')))('%s', (line) => {
    const [first = ''] = line.split(' | ');
    const words = first.split(' ').slice(2);
    const profile = words[0] === '--profile' ? words.splice(0, 2)[1] : undefined;
    const profiles = Object.values(services).flatMap((service) => service.profiles ?? []);
    expect([undefined, ...profiles]).toContain(profile);
    const [verb = '', ...rest] = words;
    expect(Object.keys(COMPOSE)).toContain(verb);
    for (const [at, word] of rest.entries()) {
      const isValue = rest[at - 1] === '--since';
      const isKnown = COMPOSE[verb]?.includes(word) === true || word in services || isValue;
      expect(isKnown, word).toBe(true);
    }
  });

  test('the owner’s link is found by what it tells to look for', () => {
    expect(read('api/src/adapters/deps-node.ts')).toContain('/register?owner=');
  });

  test('every file it names is there, and every setting and volume', () => {
    const page = read('docs/self-hosting.md');
    for (const [, path = ''] of page.matchAll(/\]\(([\w./-]+)\)/g)) {
      expect(existsSync(join(root, 'docs', path)), path).toBe(true);
    }
    for (const [, name = ''] of page.matchAll(/`([A-Z][A-Z0-9_]{4,})(?:=[^`]*)?`/g)) {
      expect(read('.env.example')).toContain(`${name}=`);
    }
    const { volumes } = z
      .object({ volumes: z.object({}).loose() })
      .parse(parse(read('docker-compose.yml')));
    for (const [, name = ''] of page.matchAll(/`harmonium_(\w+)`/g)) {
      expect(Object.keys(volumes)).toContain(name);
    }
  });
});
