import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readEnvironment } from '../config.ts';
import { readSecrets } from './secrets-file.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = join(mkdtempSync(join(tmpdir(), 'harmonium-secrets-')), 'data');
});
afterEach(() => rmSync(join(dataDir, '..'), { recursive: true }));

test('secrets are made once, kept for the next start, and readable by nobody else', () => {
  const environment = readEnvironment({ DATA_DIR: dataDir });
  const first = readSecrets(environment);
  expect(readSecrets(environment)).toEqual(first);
  expect(first.jwt).not.toBe(first.refresh);
  expect(first.ownerCode).not.toContain(first.jwt.slice(0, 8));
  expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
});

test('given secrets are taken, and nothing is written', () => {
  const given = { JWT_SECRET: 'a'.repeat(16), JWT_REFRESH_SECRET: 'b'.repeat(16) };
  const secrets = readSecrets(readEnvironment({ DATA_DIR: dataDir, ...given }));
  expect(secrets.jwt).toBe(given.JWT_SECRET);
  expect(secrets.refresh).toBe(given.JWT_REFRESH_SECRET);
  expect(existsSync(dataDir)).toBe(false);
});

test('a damaged file stops the start rather than ending every login', () => {
  const environment = readEnvironment({ DATA_DIR: dataDir });
  readSecrets(environment);
  writeFileSync(join(dataDir, 'secrets.json'), '{"jwt":"short"}');
  expect(() => readSecrets(environment)).toThrow('too_small');
});
