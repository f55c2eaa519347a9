import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFailed, test } from 'vitest';
import { openBrowsers, type Browsers } from './browser.ts';
import { keepPicturesOfFailure } from './failure.ts';
import { heard, listen } from './hearing.ts';
import { createCable, type Cable } from './network.ts';
import { copyInvite, createServer, enterLounge, inCall, joinAs, register } from './people.ts';
import { Product } from './product.ts';
import { ringAfter, speak, speakWhenTold, watchRing } from './rings.ts';

/** How long one may hear nothing. */
const WORKER_GAP_MS = 2_000;
const PRODUCT_GAP_MS = 5_000;
/** The browser hands out its figures anew each 50 ms, and is looked at each 20. */
const NO_GAP_MS = 400;
/** From the first sound to the light, the median of five. */
const RING_WITHIN_MS = 300;
const SOON = { timeout: 30_000 };

describe('a call goes on, whatever breaks', () => {
  let product: Product;
  let browsers: Browsers;
  let cable: Cable;
  let mirela: Page;
  /** By way of a cable; media goes beside it. */
  let tomas: Page;
  /** Sees the channel list, and is in no call. */
  let yuki: Page;
  let invite: string;

  beforeAll(async () => {
    product = await Product.start();
    browsers = await openBrowsers();
    cable = await createCable(product.port);
    mirela = await browsers.person();
    await register(mirela, product.url, 'Mirela');
    await createServer(mirela, 'Open Source Guild');
    invite = await copyInvite(mirela);
    tomas = await join('Tomas', invite.replace(product.url, cable.url));
    yuki = await join('Yuki', invite);
    for (const page of [mirela, tomas]) await enterLounge(page);
  });

  afterAll(async () => {
    await browsers?.close();
    await cable?.close();
    await product?.discard();
  });

  beforeEach(() => {
    onTestFailed(() => console.error(product.output));
    keepPicturesOfFailure({
      'survive-mirela': mirela,
      'survive-tomas': tomas,
      'survive-yuki': yuki,
    });
  });

  async function join(name: string, link: string, script?: () => void): Promise<Page> {
    const page = await browsers.person();
    if (script !== undefined) await page.addInitScript(script);
    await joinAs(page, link, name);
    return page;
  }

  async function bothHear(): Promise<void> {
    for (const page of [mirela, tomas]) await listen(page);
    for (const page of [mirela, tomas]) {
      await expect
        .poll(async () => (await heard(page)).sinceLast, { ...SOON, interval: 50 })
        .toBeLessThan(300);
      await listen(page);
    }
  }

  /** Who is shown under the voice channel, to one who is not in the call. */
  const shown = async (page: Page): Promise<string[]> => {
    const channels = page.getByRole('navigation', { name: 'Channels' });
    const names = await channels
      .getByRole('button', { name: /^(Mirela|Tomas)\b/ })
      .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label') ?? ''));
    return names.map((name) => /\w+/.exec(name)?.[0] ?? '').sort();
  };

  /** Does it, waits until both hear again, and says how long they did not. */
  async function gapsOf(what: string, fault: () => Promise<void> | void): Promise<number[]> {
    await bothHear();
    await mirela.waitForTimeout(500);
    await fault();
    await mirela.waitForTimeout(1_500);
    for (const page of [mirela, tomas]) {
      await expect
        .poll(async () => (await heard(page)).sinceLast, { ...SOON, interval: 50 })
        .toBeLessThan(300);
    }
    const both = [await heard(mirela), await heard(tomas)];
    const gaps = both.map(({ longestGap }) => Math.round(longestGap));
    const looks = both.map(({ longestLook }) => Math.round(longestLook));
    console.log(`${what}: nothing heard for ${gaps.join(' / ')} ms (looks ${looks.join(' / ')})`);
    await expect.poll(() => shown(yuki), SOON).toEqual(['Mirela', 'Tomas']);
    return gaps;
  }

  test('who loses the signalling socket is heard all the while, and seems never gone', async () => {
    const seen = new Set<number>();
    const enough = new AbortController();
    const watching = (async () => {
      while (!enough.signal.aborted) seen.add((await shown(yuki)).length);
    })();
    let gaps: number[];
    try {
      gaps = await gapsOf('sockets cut', () => cable.cut(1));
      await inCall(tomas);
    } finally {
      enough.abort();
      await watching;
    }
    expect(Math.max(...gaps)).toBeLessThan(NO_GAP_MS);
    expect([...seen]).toEqual([2]);
  });

  test('a killed voice worker is a moment of silence', async () => {
    const gaps = await gapsOf('worker killed', () => {
      for (const pid of product.workerPids()) process.kill(pid, 'SIGKILL');
    });
    expect(Math.max(...gaps)).toBeLessThan(WORKER_GAP_MS);
  });

  test('a ring lights with the first sound, in the call and in the channel list', async () => {
    const signe = await join('Signe', invite, speakWhenTold);
    await enterLounge(signe);
    const viewers = { 'in the call': mirela, 'in the channel list': yuki };
    for (const page of Object.values(viewers)) await watchRing(page, 'Signe');
    const delays: Record<string, number[]> = { 'in the call': [], 'in the channel list': [] };
    for (let turn = 0; turn < 5; turn += 1) {
      // What was said before has died away, and Opus sends nothing any more.
      await signe.waitForTimeout(1_500);
      const began = await speak(signe, true);
      for (const [where, page] of Object.entries(viewers)) {
        await expect.poll(() => ringAfter(page, began), SOON).toBeDefined();
        delays[where]?.push(Math.round(((await ringAfter(page, began)) ?? Infinity) - began));
      }
      await speak(signe, false);
    }
    for (const [where, all] of Object.entries(delays)) {
      console.log(`rings ${where} after ${all.join(', ')} ms`);
      expect(all.toSorted((a, b) => a - b)[2]).toBeLessThan(RING_WITHIN_MS);
    }
    await signe.close();
  });

  test('killed and started again, it has the call back by itself', async () => {
    let downFor = 0;
    const gaps = await gapsOf('product killed', async () => {
      const started = performance.now();
      await product.stop('SIGKILL');
      await product.start();
      downFor = performance.now() - started;
    });
    console.log(`the product was away for ${Math.round(downFor)} ms`);
    expect(Math.max(...gaps) - downFor).toBeLessThan(PRODUCT_GAP_MS);
  });
});
