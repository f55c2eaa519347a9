import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

describe('setup', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'harmonium-setup-'));
    file = join(folder, '.env');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function setUp(...parameters: string[]): string {
    const script = join(import.meta.dirname, 'setup.sh');
    const options = { cwd: folder, encoding: 'utf8', stdio: 'pipe' } as const;
    return execFileSync('sh', [script, ...parameters], options);
  }

  function settings(): Record<string, string> {
    const lines = readFileSync(file, 'utf8').split('\n');
    const pairs = lines.flatMap((line) => {
      const [, name, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name, value]];
    });
    expect(new Set(pairs.map(([name]) => name)).size).toBe(pairs.length);
    return Object.fromEntries(pairs);
  }

  test('makes secrets that nobody else can read', () => {
    setUp();
    const { JWT_SECRET, JWT_REFRESH_SECRET, POSTGRES_PASSWORD, CLIENT_URL } = settings();
    for (const secret of [JWT_SECRET, JWT_REFRESH_SECRET, POSTGRES_PASSWORD]) {
      // Also what an address may hold, as that of the database does.
      expect(secret).toMatch(/^[\w-]{43}$/);
    }
    expect(new Set([JWT_SECRET, JWT_REFRESH_SECRET, POSTGRES_PASSWORD]).size).toBe(3);
    expect(CLIENT_URL).toBe('http://localhost');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('run again it changes nothing', () => {
    setUp('chat.example.org', 'you@example.org', '203.0.113.7');
    const before = readFileSync(file, 'utf8');
    setUp();
    setUp('chat.example.org', 'you@example.org', '203.0.113.7');
    expect(settings()).toMatchObject({
      DOMAIN: 'chat.example.org',
      CLIENT_URL: 'https://chat.example.org',
      ACME_EMAIL: 'you@example.org',
      MEDIASOUP_ANNOUNCED_IP: '203.0.113.7',
    });
    expect(readFileSync(file, 'utf8').split('\n').sort()).toEqual(before.split('\n').sort());
  });

  test('keeps what somebody wrote, fills in what they left empty, and minds a missing last line end', () => {
    writeFileSync(
      file,
      '# Ours\nJWT_SECRET=chosen by a person\nJWT_REFRESH_SECRET=\nREGISTRATION=invite',
    );
    setUp();
    const found = settings();
    expect(found['JWT_SECRET']).toBe('chosen by a person');
    expect(found['JWT_REFRESH_SECRET']).toMatch(/^[\w-]{43}$/);
    expect(found['REGISTRATION']).toBe('invite');
    expect(readFileSync(file, 'utf8')).toContain('# Ours\n');
  });

  test('refuses what is no host name', () => {
    expect(() => setUp('https://chat.example.org/')).toThrow(/is no host name/);
  });
});
