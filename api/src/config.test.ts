import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readEnvironment } from './config.ts';

test('nothing has to be given to try it out', () => {
  expect(readEnvironment({})).toMatchObject({
    port: 3000,
    databaseUrl: 'pglite:./data/pg',
    uploadDir: './data/uploads',
    registration: 'open',
  });
});

test('an empty line is the same as none', () => {
  expect(readEnvironment({ PORT: '', REDIS_URL: '' })).toEqual(readEnvironment({}));
});

test.each([
  [{ PORT: 'eighty' }, 'PORT'],
  [{ PORT: '0' }, 'PORT'],
  [{ JWT_SECRET: 'short' }, 'JWT_SECRET is wrong: has to have at least 16 characters.'],
  [{ DATABASE_URL: 'mysql://host/db' }, 'DATABASE_URL'],
  [{ REDIS_URL: 'http://host' }, 'REDIS_URL'],
  [{ CLIENT_URL: 'chat.example.org' }, 'CLIENT_URL'],
  [{ REGISTRATION: 'maybe' }, 'REGISTRATION'],
  [{ RATE_LIMIT_SCALE: '0' }, 'RATE_LIMIT_SCALE'],
  [{ NODE_ENV: 'production' }, 'JWT_SECRET is missing.'],
  [{ UPSTASH_REDIS_REST_URL: 'https://x' }, 'UPSTASH_REDIS_REST_TOKEN is missing.'],
  [{ S3_BUCKET: 'files' }, 'S3_ENDPOINT is missing.'],
  [{ TURN_URLS: 'turn:host' }, 'TURN_SECRET is missing.'],
  [{ SMTP_HOST: 'mail' }, 'SMTP_FROM is missing.'],
  [{ SMTP_HOST: 'mail', SMTP_FROM: 'us@mail' }, 'CLIENT_URL is missing.'],
  [{ DEFAULT_THEME: 'plaid' }, 'DEFAULT_THEME'],
])('%j stops the start with one line that names the variable', (env, line) => {
  expect(() => readEnvironment(env)).toThrow(line);
  expect(() => readEnvironment(env)).toThrow(/^.*$/);
});

test('.env.example reads as it stands, and so does each of its lines switched on', async () => {
  const example = await readFile(new URL('../../.env.example', import.meta.url), 'utf8');
  const lines = example.matchAll(/^#? ?([A-Z][A-Z0-9_]+)=(.*)$/gm);
  const all = Object.fromEntries([...lines].map(([, name, value]) => [name, value]));
  expect(() => readEnvironment(all)).not.toThrow();
  expect(Object.keys(all).length).toBeGreaterThan(30);
});
