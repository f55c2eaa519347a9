import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readEnvironment } from '../../api/src/config.ts';
import { turnCredentials } from '../../sfu/src/node/turn-credentials.ts';
import { freePort } from '../../sfu/src/testing/free-port.ts';
import { turn } from './checks/turn.ts';
import { reachTcp } from './reach.ts';
import { openLine, type Way } from './stun/line.ts';
import { askForRelay } from './stun/relay.ts';

/* The doctor at Debian's coturn. CI installs it; elsewhere these tests say that they need it. */

const TURNSERVER = '/usr/bin/turnserver';
const TURN_SECRET = 'north';
const SECRET = `--use-auth-secret --static-auth-secret=${TURN_SECRET}`;
/** coturn frees what is given back within a second, and else after ten minutes. */
const SOON = { timeout: 20_000, interval: 200 };
/** For examples only (RFC 5737): a relay may be asked about them, and nothing is sent. */
const MEDIA = '192.0.2.7';
const OTHER = '198.51.100.7';
const isMissing = !existsSync(TURNSERVER) && process.env['CI'] === undefined;
if (isMissing) process.stdout.write('doctor: skipped, Debian’s package coturn is not installed\n');

describe.skipIf(isMissing)('a TURN server', () => {
  let dir: string;
  let port: number;
  let tlsPort: number;
  const servers: ChildProcess[] = [];

  async function start(listening: number, settings: string[]): Promise<void> {
    const common = [
      '-n --no-cli --no-dtls --no-multicast-peers --simple-log --log-file=stdout --realm=harmonium',
      `--listening-port=${listening} --listening-ip=127.0.0.1 --relay-ip=127.0.0.1`,
      `--denied-peer-ip=0.0.0.0-255.255.255.255 --allowed-peer-ip=${MEDIA}`,
      `--pidfile=${dir}/${listening}.pid --userdb=${dir}/${listening}.db`,
    ];
    const server = spawn(TURNSERVER, [...common, ...settings].join(' ').split(' '));
    server.stdout.resume();
    server.stderr.resume();
    servers.push(server);
    await vi.waitFor(() => reachTcp(listening, '127.0.0.1'), { timeout: 20_000, interval: 100 });
  }

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'harmonium-doctor-turn-'));
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    const files = ['-keyout', `${dir}/key`, '-out', `${dir}/cert`];
    const whose = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    execFileSync('openssl', ['req', '-x509', ...key, ...files, ...whose], { stdio: 'ignore' });
    [port, tlsPort] = [await freePort(), await freePort()];
    await start(port, [
      SECRET,
      `--tls-listening-port=${tlsPort} --cert=${dir}/cert --pkey=${dir}/key`,
    ]);
  });
  afterAll(() => {
    for (const server of servers) server.kill();
    rmSync(dir, { recursive: true, force: true });
  });

  async function look(TURN_URLS: string, changes: Record<string, string> = {}) {
    const environment = readEnvironment({
      TURN_SECRET,
      TURN_URLS,
      MEDIASOUP_ANNOUNCED_IP: MEDIA,
      ...changes,
    });
    const [finding, ...others] = await turn({ environment, health: undefined });
    expect(others).toEqual([]);
    return finding;
  }

  test('that lends addresses is well, by UDP and by TCP', async () => {
    for (const transport of ['udp', 'tcp']) {
      const url = `turn:127.0.0.1:${port}?transport=${transport}`;
      expect(await look(url)).toEqual({
        about: 'turn',
        state: 'ok',
        says: `${url} lends addresses`,
      });
    }
  });

  test('gets its address back, and is told of when it has none left', async () => {
    const small = await freePort();
    await start(small, [SECRET, '--total-quota=1 --no-tls']);
    const url = `turn:127.0.0.1:${small}`;
    const line = await openLine({ protocol: 'udp', host: '127.0.0.1', port: small });
    const relay = await askForRelay(line, credentials());
    if (relay.state !== 'lends') throw new Error('It lends nothing.');
    const finding = await look(url);
    expect(finding?.state).toBe('bad');
    expect(finding?.says).toMatch(/lends no address: 486 /);
    await relay.giveBack();
    line.close();
    const state = async () => (await look(url))?.state;
    await expect.poll(state, SOON).toBe('ok');
    await expect.poll(state, SOON).toBe('ok');
  });

  test('with another secret is told apart', async () => {
    for (const transport of ['udp', 'tcp']) {
      const url = `turn:127.0.0.1:${port}?transport=${transport}`;
      const finding = await look(url, { TURN_SECRET: 'south' });
      expect(finding?.state).toBe('bad');
      expect(finding?.says).toBe(
        `${url} refuses the passwords that TURN_SECRET makes: 401 Unauthorized`,
      );
      expect(finding?.cure).toContain('static-auth-secret');
    }
  });

  test('that carries nothing to where voice is', async () => {
    const url = `turn:127.0.0.1:${port}`;
    const finding = await look(url, { MEDIASOUP_ANNOUNCED_IP: OTHER });
    expect(finding?.says).toContain(`carries nothing to ${OTHER}, where voice is: 403 `);
    // It means the machine of whoever reads it.
    expect(await look(url, { MEDIASOUP_ANNOUNCED_IP: '127.0.0.1' })).toMatchObject({ state: 'ok' });
  });

  test('whose certificate no browser believes', async () => {
    const finding = await look(`turns:localhost:${tlsPort}`);
    expect(finding).toMatchObject({ state: 'bad' });
    expect(finding?.cure).toContain('certificate');
  });

  test('lends by TLS too', async () => {
    const ca = readFileSync(`${dir}/cert`, 'utf8');
    const way: Way = { protocol: 'tls', host: 'localhost', port: tlsPort, ca };
    const line = await openLine(way);
    const relay = await askForRelay(line, credentials());
    expect(relay.state).toBe('lends');
    if (relay.state === 'lends') await relay.giveBack();
    line.close();
  });

  test('that lends to whoever comes', async () => {
    const openPort = await freePort();
    await start(openPort, ['--no-auth --no-tls']);
    const finding = await look(`turn:127.0.0.1:${openPort}`);
    expect(finding?.says).toContain('lends addresses to whoever comes');
  });

  test('answers who asks for nothing but their address', async () => {
    expect(await look(`stun:127.0.0.1:${port}`)).toMatchObject({ state: 'ok' });
  });

  function credentials() {
    const [server] = turnCredentials({ urls: [], secret: TURN_SECRET }, Date.now)('7');
    return { username: server?.username ?? '', credential: server?.credential ?? '' };
  }
});
