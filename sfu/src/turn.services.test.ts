import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { turnCredentials } from './node/turn-credentials.ts';
import { freePort } from './testing/free-port.ts';
import { received, VoicePages } from './testing/voice-pages.ts';

/*
 * Debian's coturn, set up as docs/voice.md says: it relays to the voice workers and nowhere else.
 * CI installs it; elsewhere these tests say that they need it.
 */

const TURNSERVER = '/usr/bin/turnserver';
const TURN_SECRET = 'north';
const DAY_MS = 24 * 60 * 60 * 1000;
const isMissing = !existsSync(TURNSERVER) && process.env['CI'] === undefined;
if (isMissing) process.stdout.write('turn: skipped, Debian’s package coturn is not installed\n');

describe.skipIf(isMissing)('coturn', () => {
  const now = (): number => Date.now();
  let dir: string;
  let port: number;
  let turn: ChildProcess;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'harmonium-turn-'));
    port = await freePort();
    const settings = [
      '-n --no-cli --no-tls --no-dtls --no-multicast-peers --simple-log --log-file=stdout',
      `--use-auth-secret --static-auth-secret=${TURN_SECRET} --realm=harmonium`,
      `--listening-port=${port} --listening-ip=127.0.0.1 --relay-ip=127.0.0.1`,
      '--denied-peer-ip=0.0.0.0-255.255.255.255 --allowed-peer-ip=127.0.0.1',
      // The workers are on this machine here.
      '--allow-loopback-peers',
      `--pidfile=${dir}/pid --userdb=${dir}/users`,
    ];
    turn = spawn(TURNSERVER, settings.join(' ').split(' '));
    turn.stdout?.resume();
    await vi.waitFor(
      async () => {
        if (!(await allocates(credentials(now)))) throw new Error('coturn does not answer.');
      },
      { timeout: 20_000, interval: 200 },
    );
  });
  afterAll(() => {
    turn?.kill();
    rmSync(dir, { recursive: true, force: true });
  });

  const urls = () => [`turn:127.0.0.1:${port}?transport=udp`];
  function credentials(at: () => number) {
    const [server] = turnCredentials({ urls: urls(), secret: TURN_SECRET }, at)('7');
    return { username: server?.username ?? '', credential: server?.credential ?? '' };
  }
  /** Whether the server gives an address to relay from, and relays. */
  function allocates({ username, credential }: ReturnType<typeof credentials>): Promise<boolean> {
    const how = `-y -c -n 1 -m 1 -p ${port} -u ${username} -w ${credential} 127.0.0.1`;
    return new Promise((resolve) => {
      execFile('turnutils_uclient', how.split(' '), { timeout: 15_000 }, (error, stdout) =>
        resolve(error === null && /tot_recv_msgs=[1-9]/.test(stdout)),
      );
    });
  }

  test('takes what we hand out', async () => {
    expect(await allocates(credentials(now))).toBe(true);
  });

  test('refuses it once it has ended, and what was altered', async () => {
    expect(await allocates(credentials(() => now() - DAY_MS))).toBe(false);
    const { username, credential } = credentials(now);
    expect(await allocates({ username, credential: `x${credential}` })).toBe(false);
    expect(await allocates({ username: username.replace(':7', ':8'), credential })).toBe(false);
  });

  test('carries the voice of who reaches nothing else', { timeout: 60_000 }, async () => {
    const pages = await VoicePages.open({ turn: { urls: urls(), secret: TURN_SECRET } });
    const [anna, ben] = [await pages.openPage(), await pages.openPage()];
    await pages.enter(anna, 'anna', { relay: true });
    await pages.enter(ben, 'ben');
    await vi.waitFor(
      async () => {
        for (const page of [anna, ben]) expect((await received(page)).energy).toBeGreaterThan(0);
      },
      { timeout: 30_000, interval: 200 },
    );
    await pages.close();
  });
});
