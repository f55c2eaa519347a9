import { createSocket } from 'node:dgram';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { readEnvironment } from '../../api/src/config.ts';
import { turn } from './checks/turn.ts';
import { examine } from './examine.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harmonium-doctor-'));
});
afterAll(() => rm(folder, { recursive: true }));

const open: { close: () => unknown }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

const SECRETS = { JWT_SECRET: 'yTf8sWk2Lq0ZxPv4', JWT_REFRESH_SECRET: 'Bn7cVd1RmHj5GuEa' };

async function listen(server: Server): Promise<string> {
  open.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return String((server.address() as AddressInfo).port); // It listens on a port.
}

async function freePort(): Promise<string> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Says of its parts what it is told to; `sockets`: lets WebSockets through. */
async function harmonium({ parts = {}, sockets = true } = {}): Promise<string> {
  const server = createServer((_, response) => {
    response.end(JSON.stringify({ status: 'ok', version: '1', checks: parts }));
  });
  if (sockets) open.push(new WebSocketServer({ server }));
  else server.on('upgrade', (_, socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  return listen(server);
}

async function look(variables: Record<string, string>, backups?: string) {
  const ports = { PORT: await freePort(), SFU_PORT: await freePort(), SFU_WORKERS: '1' };
  const environment = readEnvironment({ DATA_DIR: folder, ...SECRETS, ...ports, ...variables });
  return examine(environment, backups ?? join(folder, 'no-backups'));
}

/** What it says about one thing that is not well. */
async function trouble(about: string, variables: Record<string, string>) {
  const findings = await look(variables);
  return findings.find((one) => one.about === about && one.state !== 'ok');
}

test('on a machine that has all it needs nothing is bad, and every trouble has its cure', async () => {
  const findings = await look({});
  expect(findings.filter(({ state }) => state === 'bad')).toEqual([]);
  for (const { state, cure } of findings) expect(cure === undefined).toBe(state === 'ok');
});

// Some of them wait for who does not answer.
describe('it names', { timeout: 20_000 }, () => {
  test('a port that somebody else has', async () => {
    const PORT = await listen(createServer((_, response) => response.end('not us')));
    expect(await trouble('port', { PORT })).toMatchObject({ state: 'bad' });
  });

  test('the part of a running Harmonium that fails', async () => {
    const database = { ok: false, message: 'no answer' };
    const PORT = await harmonium({ parts: { database } });
    expect(await trouble('database', { PORT })).toMatchObject({ state: 'bad', says: 'no answer' });
  });

  test('a media port that is taken', async () => {
    const SFU_PORT = await listen(createServer());
    expect(await trouble('media ports', { SFU_PORT })).toMatchObject({ state: 'bad' });
  });

  test('an address for voice that leads every browser to itself', async () => {
    const CLIENT_URL = 'https://chat.example.org';
    const media = (MEDIASOUP_ANNOUNCED_IP: string) =>
      trouble('media address', { CLIENT_URL, MEDIASOUP_ANNOUNCED_IP });
    expect(await media('127.0.0.1')).toMatchObject({ state: 'bad' });
    expect(await media('192.168.1.5')).toMatchObject({ state: 'warn' });
    expect(await media('203.0.113.7')).toBeUndefined();
    expect(await trouble('media address', { CLIENT_URL: 'http://localhost:3000' })).toBeUndefined();
  });

  test('an address without https, where nobody has a microphone', async () => {
    expect(await trouble('https', { CLIENT_URL: 'http://chat.example.org' })).toMatchObject({
      state: 'bad',
    });
    expect(await trouble('https', { CLIENT_URL: 'http://localhost' })).toBeUndefined();
  });

  test('a front that lets no sockets through', async () => {
    const PORT = await harmonium({ sockets: false });
    const CLIENT_URL = `http://localhost:${PORT}`;
    expect(await trouble('sockets', { PORT, CLIENT_URL })).toMatchObject({ state: 'bad' });
    const well = await harmonium();
    const way = { PORT: well, CLIENT_URL: `http://localhost:${well}` };
    expect(await trouble('sockets', way)).toBeUndefined();
  });

  test('an address that leads elsewhere', async () => {
    const elsewhere = await listen(createServer((_, response) => response.end('{}')));
    const variables = {
      PORT: await harmonium(),
      CLIENT_URL: `http://localhost:${elsewhere}`,
    };
    expect(await trouble('address', variables)).toMatchObject({ state: 'bad' });
  });

  test('secrets that are one, or can be guessed, or read by others', async () => {
    const same = { ...SECRETS, JWT_REFRESH_SECRET: SECRETS.JWT_SECRET };
    expect(await trouble('secrets', same)).toMatchObject({ state: 'bad' });
    const weak = { ...SECRETS, JWT_SECRET: 'aaaaaaaaaaaaaaaa' };
    expect(await trouble('secrets', weak)).toMatchObject({ state: 'bad' });
    const DATA_DIR = join(folder, 'own');
    await mkdir(DATA_DIR);
    const file = join(DATA_DIR, 'secrets.json');
    await writeFile(file, '{}', { mode: 0o644 });
    const given = { DATA_DIR, JWT_SECRET: '', JWT_REFRESH_SECRET: '' };
    expect(await trouble('secrets', given)).toMatchObject({ state: 'warn' });
    await chmod(file, 0o600);
    expect(await trouble('secrets', given)).toBeUndefined();
    await writeFile(file, 'not what was written');
    expect(await trouble('secrets', given)).toMatchObject({ state: 'bad' });
  });

  test.each([
    ['database', 'DATABASE_URL', 'postgres://nobody@127.0.0.1:1/none'],
    ['cache', 'REDIS_URL', 'redis://127.0.0.1:1'],
  ])('a %s that does not answer', async (about, name, value) => {
    expect(await trouble(about, { [name]: value })).toMatchObject({
      cure: expect.stringContaining(name) as string,
    });
  });

  test('a mail server that does not answer', async () => {
    const mail = { SMTP_HOST: '127.0.0.1', SMTP_FROM: 'us@example.org' };
    const place = { ...mail, CLIENT_URL: 'http://localhost' };
    expect(await trouble('mail', { ...place, SMTP_PORT: await freePort() })).toMatchObject({
      state: 'bad',
    });
    const SMTP_PORT = await listen(createServer());
    expect(await trouble('mail', { ...place, SMTP_PORT })).toBeUndefined();
  });

  test('a TURN server that does not answer, or is none', async () => {
    const says = async (TURN_URLS: string) => {
      const environment = readEnvironment({ TURN_URLS, TURN_SECRET: 'x' });
      const findings = await turn({ environment, health: undefined });
      return findings.map((finding) => `${finding.state}: ${finding.says}`);
    };
    const silent = createSocket('udp4');
    open.push(silent);
    await new Promise<void>((resolve) => {
      silent.bind(0, '127.0.0.1', resolve);
    });
    const url = `turn:127.0.0.1:${silent.address().port}`;
    expect(await says(url)).toEqual([`bad: ${url}: no answer`]);
    for (const odd of ['turn://x', 'turn:', 'turn:a:b', 'turn:[::1', 'https://x']) {
      expect(await says(odd)).toEqual([`bad: ${odd} is no TURN address.`]);
    }
    const nobody = `127.0.0.1:${await freePort()}`;
    for (const way of [`turn:${nobody}`, `turn:${nobody}?transport=tcp`, `turns:${nobody}`]) {
      expect(await says(way)).toEqual([`bad: ${way}: nobody listens there`]);
    }
  });

  test('voice that runs and opens no call', async () => {
    const SFU_URL = `http://127.0.0.1:${await freePort()}`;
    const PORT = await harmonium({ parts: { sfu: { ok: true } }, sockets: false });
    expect(await trouble('voice socket', { PORT, SFU_URL })).toMatchObject({ state: 'warn' });
  });

  test('a bucket that lets no browser send files, and one whose clock is wrong', async () => {
    let headers: Record<string, string> = {};
    const store = createServer((_, response) => response.writeHead(200, headers).end());
    const bucket = {
      CLIENT_URL: 'https://chat.example.org',
      S3_ENDPOINT: `http://127.0.0.1:${await listen(store)}`,
      S3_BUCKET: 'files',
      S3_ACCESS_KEY_ID: 'key',
      S3_SECRET_ACCESS_KEY: 'secret',
    };
    expect(await trouble('bucket', bucket)).toMatchObject({ state: 'bad' });
    const origin = { 'access-control-allow-origin': 'https://chat.example.org' };
    headers = { ...origin, 'access-control-allow-methods': 'GET' };
    expect(await trouble('bucket', bucket)).toMatchObject({ state: 'bad' });
    headers = { ...origin, 'access-control-allow-methods': 'GET, PUT' };
    expect(await trouble('bucket', bucket)).toBeUndefined();
    expect(await trouble('clock', bucket)).toBeUndefined();
    headers = { ...headers, date: new Date(Date.now() - 60_000).toUTCString() };
    expect(await trouble('clock', bucket)).toMatchObject({ state: 'warn' });
    expect(await trouble('bucket', { ...bucket, CLIENT_URL: bucket.S3_ENDPOINT })).toBeUndefined();
  });

  test('a backup that is old, or none where they are kept', async () => {
    const backups = join(folder, 'backups');
    const found = async () => {
      const findings = await look({}, backups);
      return findings.find(({ about }) => about === 'backup')?.state;
    };
    expect(await found()).toBeUndefined();
    await mkdir(join(backups, 'one'), { recursive: true });
    expect(await found()).toBe('warn');
    const made = async (daysAgo: number) => {
      const at = new Date(Date.now() - daysAgo * 86_400_000).toISOString();
      const nothing = { version: '1', migrations: [], secretPrint: '', tables: [], files: [] };
      await writeFile(join(backups, 'one', 'manifest.json'), JSON.stringify({ ...nothing, at }));
    };
    await made(30);
    expect(await found()).toBe('warn');
    await made(2);
    expect(await found()).toBe('ok');
  });
});
