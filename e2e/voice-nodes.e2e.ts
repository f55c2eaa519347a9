import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest';
import { freePort } from '../api/testing/service.ts';
import { freePort as freeMediaPort } from '../sfu/src/testing/free-port.ts';
import { openBrowsers, type Browsers } from './browser.ts';
import { Part } from './chaos/part.ts';
import { openFront, type Front } from './front.ts';
import { composer, copyInvite, createServer, fillRegistration, register } from './people.ts';
import { picturesSeen, watchPictures } from './pictures-seen.ts';
import { listenToVoices, voicesPlayed } from './voices-played.ts';

/** How long nobody may be heard: nothing on a quiet machine, which a busy one is not. */
const GAP_MS = 1_200;
const SOON = { timeout: 30_000, interval: 50 };

/** Its services are its own, and no others in the setup of compose. */
const isComposed = process.env['PRODUCT'] === 'compose';

describe.skipIf(isComposed)('a call on several voice nodes', () => {
  let folder: string;
  let parts: Part[] = [];
  let nodes: Part[] = [];
  let front: Front;
  let browsers: Browsers;
  let mirela: Page;
  let tomas: Page;
  /** Hosts that the signalling of each is open to. */
  const places = new Map<Page, string[]>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'harmonium-voice-nodes-'));
    const [page, api, rooms] = [await freePort(), await freePort(), await freePort()];
    const at = (port: number) => `http://127.0.0.1:${port}`;
    const shared = {
      NODE_ENV: 'development',
      JWT_SECRET: 'the secret of a call on several nodes',
      JWT_REFRESH_SECRET: 'the secret of a call on several nodes, refreshed',
      RATE_LIMIT_SCALE: '1000',
      API_URL: at(api),
      ROOMS_URL: at(rooms),
      // Nobody is there.
      SFU_URL: at(1),
      DATA_DIR: folder,
    };
    const nodeParts = ['one', 'two'].map(async (name) => {
      const port = await freePort();
      const environment = {
        ...shared,
        SFU_NODE_URL: at(port),
        SFU_PUBLIC_URL: at(port),
        SFU_PORT: String(await freeMediaPort()),
        SFU_WORKERS: '1',
      };
      return new Part(`call-sfu-${name}`, 'sfu/src/main.ts', port, environment);
    });
    nodes = await Promise.all(nodeParts);
    parts = [
      new Part('call-page', 'web/node/serve.ts', page, shared),
      new Part('call-api', 'api/src/node.ts', api, shared, { answersForAll: true }),
      new Part('call-rooms', 'rooms/src/main.ts', rooms, shared),
      ...nodes,
    ];
    front = await openFront({ page, api, rooms });
    [browsers] = await Promise.all([openBrowsers(), ...parts.map((part) => part.start())]);
    mirela = await person();
    tomas = await person();
    await register(mirela, front.url, 'Mirela');
    await createServer(mirela, 'Open Source Guild');
    await tomas.goto(await copyInvite(mirela));
    await tomas.getByRole('link', { name: 'Create an account to join' }).click();
    await fillRegistration(tomas, 'Tomas');
    await composer(tomas).waitFor();
  });

  afterAll(async () => {
    await browsers?.close();
    front?.close();
    await Promise.all(parts.map((part) => part.stop('SIGKILL')));
    await rm(folder, { recursive: true, force: true });
  });

  /** Whose voice sockets are known. */
  async function person(): Promise<Page> {
    const page = await browsers.person();
    const open: string[] = [];
    places.set(page, open);
    page.on('websocket', (socket) => {
      const { host, pathname } = new URL(socket.url());
      if (pathname !== '/sfu') return;
      open.push(host);
      socket.on('close', () => open.splice(open.indexOf(host), 1));
    });
    return page;
  }

  const isKnown = async (node: Part): Promise<boolean> => {
    const metrics = await (await fetch(`${node.url}/metrics`)).text();
    return /^harmonium_sfu_beats_heard_total [1-9]/m.test(metrics);
  };

  test('goes on without a word when its node stops: everyone is on the other by themselves', async () => {
    onTestFailed(async () => {
      await mirela.screenshot({ path: 'e2e/out/nodes-mirela.png' });
      await tomas.screenshot({ path: 'e2e/out/nodes-tomas.png' });
    });
    await expect.poll(async () => Promise.all(nodes.map(isKnown)), SOON).toEqual([true, true]);
    for (const page of [mirela, tomas]) {
      await page.getByRole('button', { name: /Lounge/ }).click();
      await page.getByText('Voice connected').first().waitFor();
    }
    const [host] = places.get(mirela) ?? [];
    const stopping = nodes.find(({ url }) => new URL(url).host === host);
    const other = nodes.find((node) => node !== stopping);
    if (stopping === undefined || other === undefined) throw new Error('They are in no call.');
    expect(places.get(tomas)).toEqual([host]);
    for (const page of [mirela, tomas]) {
      await listenToVoices(page);
      await hears(page);
    }
    await showOneself(tomas);
    await lookAtCall(mirela);
    await mirela.waitForTimeout(1_000);
    for (const page of [mirela, tomas]) await listenToVoices(page);
    await watchPictures(mirela);

    const ended = stopping.stop();
    const there = [new URL(other.url).host];
    await expect.poll(() => [places.get(mirela), places.get(tomas)], SOON).toEqual([there, there]);
    expect(await ended).toBe(0);
    for (const page of [mirela, tomas]) await hears(page);
    for (const page of [mirela, tomas]) {
      const { longestGap, longestLook, most } = await voicesPlayed(page);
      const [gap, look] = [Math.round(longestGap), Math.round(longestLook)];
      console.log(`a node stopped: nothing heard for ${gap} ms (looks ${look}), ${most} at once`);
      expect(longestGap).toBeLessThan(GAP_MS);
      expect(most).toBe(1);
    }
    const { longestWithout, longestStill, longestLook } = await picturesSeen(mirela);
    const [without, still, look] = [longestWithout, longestStill, longestLook].map(Math.round);
    console.log(`a node stopped: no picture for ${without} ms, still ${still} (looks ${look})`);
    expect(longestWithout).toBeLessThan(GAP_MS);
    expect(longestStill).toBeLessThan(GAP_MS);
  });
});

/** Waits until a voice comes out of the page. */
async function hears(page: Page): Promise<void> {
  const isHearing = async (): Promise<boolean> => {
    const { most, sinceLast } = await voicesPlayed(page);
    return most > 0 && sinceLast < 300;
  };
  await expect.poll(isHearing, SOON).toBe(true);
}

async function lookAtCall(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Lounge/ }).click();
  await expect.poll(() => page.locator('video').count(), SOON).toBeGreaterThan(0);
}

async function showOneself(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Lounge/ }).click();
  await page.getByRole('main').getByRole('button', { name: 'Turn camera on', exact: true }).click();
}
