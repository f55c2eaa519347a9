import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const env = { JWT_SECRET: 'a secret of enough bytes', ROOMS_URL: 'http://rooms:3002/' };

test('what is not given has a default', () => {
  expect(readConfig(env, 2)).toEqual({
    secret: env.JWT_SECRET,
    roomsUrl: 'http://rooms:3002',
    httpPort: 3003,
    announcedIp: undefined,
    port: 40_000,
    workers: 2,
    stage: 3,
    metricsToken: undefined,
    turn: undefined,
    registration: undefined,
  });
  expect(readConfig(env, 64).workers).toBe(4);
});

test('an empty line in .env is not given', () => {
  expect(readConfig({ ...env, SFU_WORKERS: '', SFU_PORT: '' }, 2)).toMatchObject({
    workers: 2,
    port: 40_000,
  });
});

test('TURN servers are given with the secret they know us by', () => {
  const TURN_URLS = 'turn:a.example.org:3478, turns:a.example.org:5349?transport=tcp';
  expect(readConfig({ ...env, TURN_URLS, TURN_SECRET: 'north' }, 2).turn).toEqual({
    urls: ['turn:a.example.org:3478', 'turns:a.example.org:5349?transport=tcp'],
    secret: 'north',
  });
  expect(() => readConfig({ ...env, TURN_URLS }, 2)).toThrow('TURN_SECRET is missing.');
  expect(() => readConfig({ ...env, TURN_SECRET: 'north' }, 2)).toThrow('TURN_URLS is missing.');
});

test('a node that tells the api of itself says where it is reached', () => {
  const given = { ...env, API_URL: 'http://api:3001/', SFU_NODE_URL: 'http://sfu:3003' };
  expect(readConfig(given, 2).registration).toEqual({
    apiUrl: 'http://api:3001',
    internalUrl: 'http://sfu:3003',
    publicUrl: undefined,
  });
  const SFU_PUBLIC_URL = 'https://voice.example.org/';
  expect(readConfig({ ...given, SFU_PUBLIC_URL }, 2).registration).toMatchObject({
    publicUrl: 'https://voice.example.org',
  });
  expect(readConfig({ ...env, API_URL: 'http://api:3001' }, 2).registration).toBeUndefined();
  expect(() => readConfig({ ...given, API_URL: '' }, 2)).toThrow('API_URL is missing.');
  expect(() => readConfig({ ...env, SFU_PUBLIC_URL }, 2)).toThrow('SFU_NODE_URL is missing.');
});

test.each([
  ['JWT_SECRET', 'short'],
  ['JWT_SECRET', undefined],
  ['ROOMS_URL', 'rooms'],
  ['SFU_NODE_URL', 'sfu:3003'],
  ['SFU_WORKERS', 'many'],
  ['SFU_WORKERS', '0'],
  ['SFU_STAGE', '9'],
  ['SFU_PORT', '70000'],
])('%s=%s stops the start with its name', (name, value) => {
  expect(() => readConfig({ ...env, [name]: value }, 2)).toThrow(name);
});
