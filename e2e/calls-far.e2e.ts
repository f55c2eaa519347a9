import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFailed, test } from 'vitest';
import { openBrowsers, type Browsers } from './browser.ts';
import { keepPicturesOfFailure } from './failure.ts';
import { FarNetwork, mayMakeNetworks } from './far-network.ts';
import { heard, listen } from './hearing.ts';
import {
  copyInvite,
  createServer,
  enterLounge,
  joinAs,
  leaveCall,
  logIn,
  register,
} from './people.ts';
import { Product } from './product.ts';

const isComposed = process.env['PRODUCT'] === 'compose';
const canRun = mayMakeNetworks();
if (!canRun) process.stdout.write('calls-far: skipped, only root may make networks\n');

/** ICE takes a path for lost after some seconds without an answer; then it is made anew. */
const MOVED_GAP_MS = 5_000;
/** A port that is nobody's here, and a secret that docs/voice.md has operators make. */
const TURN_PORT = 19_478;
const TURN_SECRET = 'north';
const SOON = { timeout: 30_000 };

describe.skipIf(!canRun || isComposed)('a call over a network that changes', () => {
  let far: FarNetwork;
  let turn: ChildProcess;
  let product: Product;
  let browsers: Browsers;
  let farBrowsers: Browsers;
  let mirela: Page;
  /** In the other network. */
  let tomas: Page;
  let farUrl6: string;

  beforeAll(async () => {
    far = await FarNetwork.open();
    turn = startTurn(far.here);
    product = await Product.start({
      TURN_URLS: `turn:${far.here}:${TURN_PORT}?transport=tcp`,
      TURN_SECRET,
    });
    browsers = await openBrowsers();
    const farUrl = `http://${far.here}:${product.port}`;
    farUrl6 = `http://[${far.here6}]:${product.port}`;
    farBrowsers = await openBrowsers({
      executable: far.chromium,
      trusted: `${farUrl},${farUrl6}`,
    });
    mirela = await browsers.person();
    await register(mirela, product.url, 'Mirela');
    await createServer(mirela, 'Open Source Guild');
    const invite = await copyInvite(mirela);
    tomas = await farBrowsers.person();
    await joinAs(tomas, invite.replace(product.url, farUrl), 'Tomas');
    await enterLounge(mirela);
    await enterLounge(tomas);
  });

  afterAll(async () => {
    await farBrowsers?.close();
    await browsers?.close();
    await product?.discard();
    turn?.kill();
    await far?.close();
  });

  beforeEach(() => {
    onTestFailed(() => console.error(product.output));
    keepPicturesOfFailure({ 'far-mirela': mirela, 'far-tomas': tomas });
  });

  async function bothHear(): Promise<void> {
    for (const page of [mirela, tomas]) {
      await expect
        .poll(async () => (await heard(page)).sinceLast, { ...SOON, interval: 50 })
        .toBeLessThan(300);
    }
  }

  async function gapsOf(what: string, change: () => void): Promise<number[]> {
    for (const page of [mirela, tomas]) await listen(page);
    await bothHear();
    for (const page of [mirela, tomas]) await listen(page);
    change();
    await mirela.waitForTimeout(2_000);
    await bothHear();
    const gaps = [await heard(mirela), await heard(tomas)].map(({ longestGap }) =>
      Math.round(longestGap),
    );
    console.log(`${what}: nothing heard for ${gaps.join(' / ')} ms`);
    return gaps;
  }

  test('its line is pulled for two seconds: words are missing, and no more', async () => {
    const gaps = await gapsOf('line pulled for 2 s', () => {
      far.pull();
      setTimeout(() => far.plug(), 2_000);
    });
    expect(Math.max(...gaps)).toBeLessThan(2_000 + MOVED_GAP_MS);
  });

  test('Tomas gets another address, and the call goes on by it', async () => {
    const gaps = await gapsOf('another address', () => far.move(2, 3));
    expect(Math.max(...gaps)).toBeLessThan(MOVED_GAP_MS);
    await expect
      .poll(() => pathOf(tomas))
      .toMatchObject({ protocol: 'udp', address: far.address(3) });
  });

  test('UDP is blocked in mid-call: TCP carries it from then on', async () => {
    const gaps = await gapsOf('UDP blocked', () => far.block('udp', product.port + 1));
    expect(Math.max(...gaps)).toBeLessThan(2 * MOVED_GAP_MS);
    await expect.poll(async () => (await pathOf(tomas)).protocol).toBe('tcp');
  });

  test('where UDP never was, he comes in by TCP', async () => {
    await enterAnew();
    await expect.poll(async () => (await pathOf(tomas)).protocol).toBe('tcp');
  });

  test('where nothing but the TURN server is reached, that carries it', async () => {
    far.block('tcp', product.port + 1);
    await enterAnew();
    await expect.poll(async () => (await pathOf(tomas)).type).toBe('relay');
  });

  test('when everything is open again, it is UDP', async () => {
    far.unblock();
    await enterAnew();
    await expect.poll(() => pathOf(tomas)).toMatchObject({ protocol: 'udp', type: 'host' });
  });

  test('over IPv6 alone he talks as ever', async () => {
    await leaveCall(tomas);
    far.moveToIPv6(3);
    tomas = await farBrowsers.person();
    await logIn(tomas, farUrl6, 'Tomas');
    await enterLounge(tomas);
    await listen(tomas);
    await bothHear();
    await expect.poll(async () => (await pathOf(tomas)).address).toContain('fd77:');
  });

  async function enterAnew(): Promise<void> {
    await leaveCall(tomas);
    await enterLounge(tomas);
    await listen(tomas);
    await bothHear();
  }
});

/** As docs/voice.md says, for one place to relay to. */
function startTurn(address: string): ChildProcess {
  const settings = [
    '-n --no-cli --no-tls --no-dtls --no-multicast-peers --simple-log --log-file=stdout',
    `--use-auth-secret --static-auth-secret=${TURN_SECRET} --realm=harmonium`,
    `--listening-port=${TURN_PORT} --listening-ip=${address} --relay-ip=${address}`,
    `--denied-peer-ip=0.0.0.0-255.255.255.255 --allowed-peer-ip=${address}`,
    `--pidfile=${join(tmpdir(), `turn-${process.pid}`)}`,
  ];
  return spawn('turnserver', settings.join(' ').split(' '), { stdio: 'ignore' });
}

interface Path {
  protocol: string;
  address: string;
  type: string;
}

/** How what the page hears comes in. */
function pathOf(page: Page): Promise<Path> {
  return page.evaluate(async () => {
    const kept: unknown = Reflect.get(globalThis, 'keptPeerConnections');
    let path = { protocol: '', address: '', type: '' };
    for (const connection of Array.isArray(kept) ? kept : []) {
      if (!(connection instanceof RTCPeerConnection)) continue;
      if (connection.connectionState !== 'connected') continue;
      const stats = new Map((await connection.getStats()).entries());
      for (const report of stats.values()) {
        if (report.type !== 'transport') continue;
        const pair = stats.get(report.selectedCandidatePairId);
        const local = stats.get(pair?.localCandidateId);
        path = {
          protocol: local?.protocol ?? '',
          address: local?.address ?? '',
          type: local?.candidateType ?? '',
        };
      }
    }
    return path;
  });
}
